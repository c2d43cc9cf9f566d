import type { PutAnswer } from '../../runtime/send/port.js';
import type { CallBody } from '../../runtime/send/compression.js';
import type { Target } from '../../runtime/batch/target.js';
import { isBalanced } from '../../runtime/ack/ledger.js';
import { withEdges } from '../../runtime/edges.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import { NOW_MS, TARGET } from '../support/events.js';
import { errorNamed, FakePort, OK } from '../support/fake-port.js';
import { ManualClock, promisesRun } from '../support/manual-clock.js';
import { removeDirectory, temporaryDirectory } from '../support/spool-bench.js';

const MIB = 1_048_576;
const EVENTS_PER_SECOND = 1_000;
const ERRORS_EVERY = 100;

/** `npm run test:outage` makes it the hour that is promised; a shorter one, with a smaller queue, shows the same. */
const SECONDS = Number(process.env['OUTAGE_MINUTES'] ?? 5) * 60;
const QUEUE_BYTES = Math.round((64 * MIB * SECONDS) / 3_600);

/** A service that is down until it is up, and marks what it stores. */
class Service extends FakePort {
  isUp = false;
  duplicates = 0;
  readonly told: string[] = [];
  readonly stored: Uint8Array;

  constructor(events: number) {
    super();
    this.stored = new Uint8Array(events);
  }

  override putLogEvents(_: Target, { bytes }: CallBody): Promise<PutAnswer> {
    if (!this.isUp) return Promise.reject(errorNamed('ServiceUnavailableException'));
    const { logEvents } = JSON.parse(Buffer.from(bytes).toString()) as { logEvents: { message: string }[] };
    for (const { message } of logEvents) this.#store(message);
    return Promise.resolve(OK);
  }

  #store(message: string): void {
    const id = /"id":(\d+)\}$/.exec(message)?.[1];
    if (id === undefined) this.told.push(message);
    else this.duplicates += this.stored[Number(id)]!++;
  }

  count(wanted: (id: number) => boolean): number {
    return this.stored.reduce((sum, times, id) => sum + (times > 0 && wanted(id) ? 1 : 0), 0);
  }
}

/** Logs through an outage, and waits until the sink has recovered by itself. */
async function outage(options: CloudWatchSinkOptions) {
  const service = new Service(SECONDS * EVENTS_PER_SECOND);
  const clock = new ManualClock(NOW_MS);
  const sink = new CloudWatchSink(
    withEdges(
      { ...TARGET, maxQueueBytes: QUEUE_BYTES, gzip: false, env: {}, ...options },
      { port: service, clock, random: () => 1, writeStderr: () => true },
    ),
  );
  let mostPendingBytes = 0;
  for (let id = 0; id < SECONDS * EVENTS_PER_SECOND;) {
    for (let each = 0; each < EVENTS_PER_SECOND; each++, id++) {
      const level = id % ERRORS_EVERY === 0 ? 'error' : 'info';
      sink.write({ timeMs: clock.now() + each, level, message: 'order placed', fields: [{ id }] });
    }
    clock.advance(1_000);
    await promisesRun();
    mostPendingBytes = Math.max(mostPendingBytes, sink.stats().pendingBytes);
  }
  const atEnd = sink.stats();
  service.isUp = true;
  for (let stats = sink.stats(); stats.pending + stats.spooled > 0; stats = sink.stats()) {
    clock.advance(250);
    await promisesRun();
    expect(isBalanced(stats)).toBe(true);
    mostPendingBytes = Math.max(mostPendingBytes, stats.pendingBytes);
  }
  const report = await sink.close();
  return { service, atEnd, report, mostPendingBytes };
}

test('a long time without service at 1,000 events a second loses nothing with a spool', async () => {
  const spoolDir = temporaryDirectory();
  const { service, atEnd, report, mostPendingBytes } = await outage({ spoolDir, spoolMaxBytes: '2 GB' });
  const logged = SECONDS * EVENTS_PER_SECOND;
  expect(atEnd.spooled).toBeGreaterThan(logged / 2);
  expect(report).toMatchObject({
    accepted: logged,
    delivered: logged,
    pending: 0,
    spooled: 0,
    spoolBytes: 0,
  });
  expect([service.count(() => true), service.duplicates, service.told]).toEqual([logged, 0, []]);
  expect(mostPendingBytes).toBeLessThanOrEqual(QUEUE_BYTES);
  removeDirectory(spoolDir);
}, 900_000);

test('without one it loses the lowest level first, and the oldest of that, counts it, and tells of it', async () => {
  const { service, report, mostPendingBytes } = await outage({});
  const logged = SECONDS * EVENTS_PER_SECOND;
  const lost = report.dropped.total;
  expect(lost).toBeGreaterThan(logged / 2);
  expect(report.dropped.byReason).toEqual({ queueFull: lost });
  expect(report).toMatchObject({ delivered: report.accepted - lost, pending: 0 });
  expect(service.count(() => true)).toBe(logged - lost);
  expect(service.count((id) => id % ERRORS_EVERY === 0)).toBe(logged / ERRORS_EVERY);
  expect(service.stored.at(-1)).toBe(1);
  expect(service.told.join()).toContain(`${lost} log events were dropped (queueFull)`);
  expect(mostPendingBytes).toBeLessThanOrEqual(QUEUE_BYTES);
}, 900_000);
