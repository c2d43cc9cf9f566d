import type { LogRecord } from '../../../runtime/log-record.js';
import { Intake, type IntakeParts } from '../../../runtime/serialize/intake.js';
import { NOW_MS } from '../../support/events.js';

function record(message: string, fields: object = {}): LogRecord {
  return { timeMs: NOW_MS, level: 'info', message, fields: [fields as Record<string, unknown>] };
}

/** What an intake hands on, and what it says. */
class Bench {
  readonly entered: string[] = [];
  readonly lost: string[] = [];
  readonly ledger = { accepted: 0, isTorn: false };
  readonly reports: string[] = [];
  readonly intake: Intake;

  constructor(parts: Partial<IntakeParts> = {}) {
    this.intake = new Intake({
      oversizeAction: 'truncate',
      report: (code) => this.reports.push(code),
      enter: ({ encoded, encodedBytes }) => {
        const { message } = JSON.parse(encoded.toString('utf8', 0, encodedBytes)) as { message: string };
        this.entered.push((JSON.parse(message) as { message: string }).message);
      },
      ledger: this.ledger,
      drop: (reason, timeMs) => this.lost.push(`${reason} ${timeMs - NOW_MS}`),
      ...parts,
    });
  }
}

test('a record is one event', () => {
  const bench = new Bench();
  bench.intake.take(record('a'));
  bench.intake.take({ timeMs: NOW_MS, level: 'info', line: '{"message":"b"}' });

  expect(bench).toMatchObject({ entered: ['a', 'b'], lost: [], reports: [] });
});

test('a getter that logs does not disturb the record that it belongs to', () => {
  const bench = new Bench();
  const fields = {
    get price() {
      bench.intake.take(record('inner'));
      return 7;
    },
  };
  bench.intake.take(record('outer', fields));
  bench.intake.take(record('after'));

  expect(bench.entered.slice(-2)).toEqual(['outer', 'after']);
  expect(bench.entered).toContain('inner');
});

test('whatever is thrown while an event is entered, the next ones take the fast path again', () => {
  const buffers: Buffer[] = [];
  const { intake, ledger } = new Bench({
    enter({ encoded }) {
      buffers.push(encoded);
      if (buffers.length === 1) throw new RangeError('the stack is full');
    },
  });
  intake.take(record('a'));
  // In the account, to be counted as dropped by whoever keeps the account.
  expect(ledger).toEqual({ accepted: 1, isTorn: true });
  intake.take(record('b'));

  // The fast path writes into the same buffer each time.
  expect(buffers[1]).toBe(buffers[0]);
});

test.each([
  ['truncate', 1, []],
  ['split', 3, []],
  ['drop', 0, ['tooLarge 0']],
] as const)('an oversized record, %s: %d events', (oversizeAction, events, lost) => {
  const counts: number[] = [];
  const bench = new Bench({ oversizeAction, enter: ({ bytes }) => counts.push(bytes) });
  bench.intake.take({
    timeMs: NOW_MS,
    level: 'info',
    line: JSON.stringify({ message: 'x'.repeat(2_500_000) }),
  });

  expect(counts).toHaveLength(events);
  expect(Math.max(0, ...counts)).toBeLessThanOrEqual(1_048_576);
  expect(bench).toMatchObject({ lost, reports: [`oversize.${oversizeAction}`] });
  expect(bench.intake.oversize).toEqual({ truncate: 0, split: 0, drop: 0, [oversizeAction]: 1 });
});

test('a record that cannot be serialized is lost once, and said to be', () => {
  const bench = new Bench();
  const line = Symbol('no text') as unknown as string;
  bench.intake.take({ timeMs: NOW_MS, level: 'info', line });

  expect(bench).toMatchObject({ entered: [], lost: ['unserializable 0'], reports: ['unserializable'] });
  expect(bench.ledger).toEqual({ accepted: 1, isTorn: false });
});

test('of a record that is split, the events are accepted that were not entered, and no others', () => {
  let calls = 0;
  const { intake, ledger } = new Bench({
    oversizeAction: 'split',
    enter() {
      if (++calls === 2) throw new Error('no');
    },
  });
  intake.take({ timeMs: NOW_MS, level: 'info', line: JSON.stringify({ message: 'x'.repeat(2_500_000) }) });

  // The first one was entered; whoever enters an event accepts it.
  expect([calls, ledger]).toEqual([2, { accepted: 2, isTorn: true }]);
});
