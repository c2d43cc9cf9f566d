import * as fc from 'fast-check';
import { adviceOn } from '../../../cli/plan/advice.js';
import { forecastOf } from '../../../cli/plan/forecast.js';
import type { Account, Functions, Processes } from '../../../cli/plan/question.js';
import { textReport } from '../../../cli/plan/text-report.js';
import { type Paint, paintFor } from '../../../cli/terminal/colours.js';
import { ACCOUNT, FUNCTIONS, PROCESSES } from './questions.js';

const plain: Paint = (_, text) => text;

function report(load: Processes | Functions, account: Partial<Account> = {}, paint = plain): string {
  const question = { load, account: { ...ACCOUNT, ...account } };
  const forecast = forecastOf(question);
  return textReport(question, forecast, adviceOn(question, forecast), paint);
}

test('a fleet that fits: the forecast, and nothing else', () => {
  expect(report(PROCESSES)).toBe(`\
3,000 writers, 20 events a second each, 400 bytes a message

PutLogEvents      1,463 calls a second: 29.3% of the quota
                  quota: 5,000 a second of an account and Region (L-7E1FAE88)
events in a call  41; a full one has 2,461 (1,048,576 bytes)
log streams       3,000, created in 60 s if all start at once
                  quota: 50 a second of an account and Region (L-76507CEF); the
                  first batch of each takes two PutLogEvents calls
bytes             25.6 MB a second
                  messages, and 26 for each event, which the service adds
cost              $33,126 in 30 days: 66,252 GB at $0.50
                  ingestion, STANDARD in us-east-1; not storage and queries
delay             1.02 s on average in a batch, 2 s at most; then the call
`);
});

test('a fleet that does not: what to change, with commands to paste', () => {
  const text = report({ ...PROCESSES, writers: 20_000, rate: 1 }, { otherCallsPerSecond: 300 });

  expect(text.slice(text.indexOf('delay'))).toBe(`\
delay             4.26 s and more, the time of a call for each writer; under
                  throttling, the sink leaves up to a minute between its calls
                  by itself

PutLogEvents: 1,967 calls a second more than the quota. What mends it:
  - 20,000 writers need a linger of 4.41 s to leave 20% of the quota; set
    batchTimeoutSeconds to 4.5: 3,636 calls a second and 300 of others, 78.7% of
    the quota. An event waits up to 4.5 s then, and a process that is killed
    loses as much.
  - Raise the quota L-7E1FAE88 to 8,800 calls a second.
    aws service-quotas request-service-quota-increase --service-code logs \\
      --quota-code L-7E1FAE88 --desired-value 8800

CreateLogStream: the last of all writers waits 6.67 minutes for its log stream.
What helps:
  - Start the writers over 6.67 minutes or longer, 50 a second, or raise the
    quota L-76507CEF to 67 calls a second.
    aws service-quotas request-service-quota-increase --service-code logs \\
      --quota-code L-76507CEF --desired-value 67
`);
  expect(text).toContain('6,667 calls a second and 300 of others: 139% of the quota\n');
});

test.each([
  [
    'invocations',
    FUNCTIONS,
    {},
    '900 environments, 6,000 invocations a second in all, 5 events an invocation, 400\nb',
  ],
  [
    'one of each',
    { ...PROCESSES, writers: 1, rate: 1, bytes: 1 },
    {},
    '1 writer, 1 event a second each, 1 byte a',
  ],
  ['a small batch', { ...PROCESSES, batchSize: 10 }, {}, ' a full one has 10 (batchSize)\n'],
  ['small messages', { ...PROCESSES, bytes: 10 }, {}, ' a full one has 10,000 (limit of a call)\n'],
  [
    'a price of its own',
    PROCESSES,
    { pricePerGb: 0.76 },
    ' GB at $0.76\n                  ingestion, by --price-per-gb;',
  ],
  [
    'flushes',
    { ...FUNCTIONS, invocations: 1 },
    {},
    'to the end of the invocation, which waits for its flush\n',
  ],
  ['a cold start', FUNCTIONS, {}, '; a\n                  cold start takes two PutLogEvents calls\n'],
  [
    'too few environments',
    { ...FUNCTIONS, writers: 100 },
    {},
    '\nLambda: 100 environments would serve 60 invocations a second each. What helps:\n  - Lambda lets an environment serve 10 ',
  ],
  ['throttled flushes', FUNCTIONS, {}, 'an invocation waits while its flush repeats refused calls;'],
  ['no end', { ...PROCESSES, rate: 20_000 }, {}, 'ever longer, until memory is full and events are dropped:'],
  [
    'little room',
    { ...PROCESSES, writers: 9_000 },
    {},
    '\nPutLogEvents: more than 80% of the quota leaves little ',
  ],
])('%s', (_, load, account, part) => {
  expect(report(load, account)).toContain(part);
});

test('no line has more than 80 characters', () => {
  const amount = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
  const bytes = fc.integer({ min: 1, max: 1_048_550 });
  const writers = fc.integer({ min: 1, max: 1_000_000 });
  const loads = fc.oneof(
    fc.record({ writers, rate: amount, bytes }).map((load): Processes => ({ ...PROCESSES, ...load })),
    fc
      .record({ writers, invocations: amount, events: amount, bytes })
      .map((load): Functions => ({ ...FUNCTIONS, ...load })),
  );
  fc.assert(
    fc.property(loads, amount, amount, (load, putQuota, otherCallsPerSecond) => {
      const lines = report(load, { putQuota, otherCallsPerSecond }).split('\n');
      expect(lines.filter(({ length }) => length > 80)).toEqual([]);
      expect(lines.join(' ')).not.toMatch(/NaN|Infinity|undefined/);
    }),
    { numRuns: 60 },
  );
});

test('colours change no character', () => {
  const paint = paintFor({ isTTY: true }, {});
  const load = { ...PROCESSES, writers: 20_000, rate: 1 };
  const painted = report(load, {}, paint);

  expect(painted).toContain('\u001b[31mPutLogEvents:');
  // oxlint-disable-next-line no-control-regex -- it is about them.
  expect(painted.replaceAll(/\u001b\[\d+m/g, '')).toBe(report(load));
});
