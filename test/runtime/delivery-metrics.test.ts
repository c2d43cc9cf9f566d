import type { CloudWatchInput } from '../../contract/sections.js';
import { DeliveryMetrics } from '../../runtime/delivery-metrics.js';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import { withEdges } from '../../runtime/edges.js';
import type { Reply } from '../support/fake-port.js';
import { formatLine } from '../../runtime/serialize/line.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import { metricsOf } from '../support/emf.js';
import { errorNamed, FakePort } from '../support/fake-port.js';
import { ManualClock, promisesRun } from '../support/manual-clock.js';

const START_MS = Date.UTC(2026, 0, 1);
const INTERVAL_MS = 60_000;

/** Metrics of an account that the test writes. */
function told() {
  const clock = new ManualClock(START_MS);
  const account = {
    accepted: 0,
    delivered: 0,
    rejected: { total: 0 },
    diverted: { total: 0 },
    dropped: { total: 0 },
    spooled: 0,
    pending: 0,
    pendingBytes: 0,
    calls: 0,
    logGroupName: '/app',
    logStreamName: 'writer',
  };
  const lines: Readonly<Record<string, number>>[] = [];
  const metrics = new DeliveryMetrics({
    intervalMs: INTERVAL_MS,
    clock,
    namespace: undefined,
    service: 'api',
    account: () => account as unknown as DeliveryReport,
    oldestPendingAgeMs: () => 7,
    write(record) {
      const recorded = metricsOf(formatLine(record), clock.now());
      lines.push(Object.fromEntries(recorded.map(({ name, values }) => [name, values[0]!])));
      account.accepted++;
      account.pending++;
      metrics.begin();
    },
  });
  /** Events that are accepted, and settled at once or not. */
  const events = (count: number, isDelivered = true): void => {
    account.accepted += count;
    if (isDelivered) account.delivered += count;
    else account.pending += count;
    metrics.begin();
  };
  const settle = (): void => {
    account.delivered += account.pending;
    account.pending = 0;
  };
  return { clock, account, lines, metrics, events, settle };
}

test('each interval tells what has grown since the last one', () => {
  const { clock, lines, events, settle } = told();

  events(5);
  clock.advance(INTERVAL_MS);
  settle();
  events(2);
  clock.advance(INTERVAL_MS);

  expect(lines).toMatchObject([
    { acceptedEvents: 5, deliveredEvents: 5, pendingEvents: 0, oldestPendingAge: 7 },
    { acceptedEvents: 3, deliveredEvents: 3 },
  ]);
});

test('what is delivered after its line is told by the next one, though nobody logs any more', () => {
  const { clock, lines, events, settle } = told();

  events(5, false);
  clock.advance(INTERVAL_MS);
  settle();
  clock.advance(INTERVAL_MS);

  expect(lines).toMatchObject([
    { acceptedEvents: 5, deliveredEvents: 0, pendingEvents: 5 },
    { acceptedEvents: 1, deliveredEvents: 6, pendingEvents: 0 },
  ]);
});

test('an idle process writes none, and its timer ends', () => {
  const { clock, lines, events, settle } = told();

  events(1);
  for (let interval = 0; interval < 10; interval++) {
    clock.advance(INTERVAL_MS);
    settle();
  }

  expect(lines).toHaveLength(1);
  expect(clock.waiting).toEqual([]);
});

test('in an outage, lines of its own that wait are no news once the others are gone', () => {
  const { clock, lines, account, events } = told();

  events(5, false);
  clock.advance(3 * INTERVAL_MS);
  account.pending -= 5;
  account.dropped.total += 5;
  clock.advance(INTERVAL_MS);
  const { length } = lines;
  clock.advance(10 * INTERVAL_MS);

  expect(lines.at(-1)).toMatchObject({ droppedEvents: 5 });
  expect(lines).toHaveLength(length);
});

test('a process that logs nothing has no timer, and none that keeps it alive', () => {
  const { clock, events } = told();
  expect(clock.waiting).toEqual([]);

  events(1);

  expect(clock.waiting).toEqual([INTERVAL_MS]);
  expect(clock.holdsProcess).toBe(false);
});

function sinkWith(options: CloudWatchInput, replies: Reply[] = []) {
  const clock = new ManualClock(START_MS);
  const port = new FakePort({ putLogEvents: replies });
  const stderr: string[] = [];
  const sink = new CloudWatchSink(
    withEdges(
      { logGroupName: '/app', logStreamName: 'writer', region: 'us-east-1', env: {}, ...options },
      { port, clock, writeStderr: (text) => stderr.push(text) > 0 },
    ),
  );
  const write = (): void => sink.write({ timeMs: clock.now(), level: 'info', message: 'm', fields: [] });
  const recorded = (): Record<string, number>[] =>
    port.messages
      .flat()
      .map((line) => metricsOf(line, clock.now()))
      .filter((metrics) => metrics.length > 0)
      .map((metrics) => Object.fromEntries(metrics.map(({ name, values }) => [name, values[0]!])));
  return { clock, sink, write, recorded, stderr };
}

test('close() tells at last, once all else is settled, and the sums are those of the account', async () => {
  const { sink, write, recorded } = sinkWith({ deliveryMetricsSeconds: 60 });

  write();
  write();
  const account = await sink.close();

  expect(recorded()).toMatchObject([{ acceptedEvents: 2, deliveredEvents: 2, putLogEventsCalls: 1 }]);
  expect(account).toMatchObject({ accepted: 3, delivered: 3, pending: 0 });
});

test('a flush tells if it is time, where a frozen process has no timers', async () => {
  const { clock, sink, write, recorded } = sinkWith({ deliveryMetricsSeconds: 60 });

  write();
  await sink.flush();
  expect(recorded()).toEqual([]);
  clock.elapse(INTERVAL_MS);
  write();
  await sink.flush();

  expect(recorded()).toMatchObject([{ acceptedEvents: 2, deliveredEvents: 1, pendingEvents: 1 }]);
  await sink.close();
});

test('without the setting there are no such lines, nor where the sink is silent', async () => {
  for (const options of [{}, { deliveryMetricsSeconds: 1, level: 'silent' as const }]) {
    const { clock, sink, write, recorded } = sinkWith(options);
    write();
    clock.advance(INTERVAL_MS);
    await promisesRun();
    await sink.close();

    expect(recorded()).toEqual([]);
  }
});

test('a close that ends in an outage writes no last line: it could not be sent', async () => {
  const { clock, sink, write, stderr } = sinkWith(
    { deliveryMetricsSeconds: 3_600 },
    Array<Reply>(100).fill(errorNamed('ServiceUnavailableException')),
  );

  write();
  const closed = sink.close({ deadlineMs: 1_000 });
  for (let step = 0; step < 20; step++) {
    await promisesRun();
    clock.advance(100);
  }

  expect(await closed).toMatchObject({ accepted: 1, diverted: { total: 1 }, pending: 0 });
  expect(stderr.join('')).not.toContain('_aws');
});
