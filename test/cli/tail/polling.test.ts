import * as fc from 'fast-check';
import { type EventPage, GroupReading, type PageRequest } from '../../../cli/tail/group-reading.js';
import { Polling, type PollingOptions } from '../../../cli/tail/polling.js';
import type { TailedEvent } from '../../../cli/tail/tailed-event.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

const SINCE_MS = 100_000;
const OVERLAP_MS = 30_000;
const ALL = { names: undefined, prefix: undefined };

/** An event, and when FilterLogEvents returns it for the first time. */
interface Arrival {
  readonly group: string;
  readonly id: string;
  readonly timestamp: number;
  readonly arrivedAtMs: number;
}

/** Reads as FilterLogEvents: by time, in pages that go on behind the last event, from what has arrived when it is asked. */
class Service {
  readonly #arrivals: readonly Arrival[];
  readonly #clock: ManualClock;
  readonly #pageSize: number;
  readonly #latencyMs: number;
  readonly requests: PageRequest[] = [];

  constructor(arrivals: readonly Arrival[], clock: ManualClock, pageSize: number, latencyMs: number) {
    this.#arrivals = arrivals.toSorted(byPlace);
    this.#clock = clock;
    this.#pageSize = pageSize;
    this.#latencyMs = latencyMs;
  }

  readonly read = async (request: PageRequest): Promise<EventPage> => {
    this.requests.push(request);
    if (!Number.isInteger(request.startTime)) throw new Error(`startTime ${request.startTime}`);
    const { logGroupIdentifier, startTime, nextToken = '' } = request;
    const found = this.#arrivals.filter(
      (each) =>
        each.group === logGroupIdentifier &&
        each.arrivedAtMs <= this.#clock.now() &&
        each.timestamp >= startTime &&
        placeOf(each) > nextToken,
    );
    if (this.#latencyMs > 0)
      await new Promise<void>((resolve) => this.#clock.after(this.#latencyMs, resolve));
    const page = found.slice(0, this.#pageSize);
    const events = page.map(({ id, timestamp }) => ({
      eventId: id,
      timestamp,
      message: id,
      logStreamName: 's',
    }));
    return { events, nextToken: found.length > page.length ? placeOf(page.at(-1)!) : undefined };
  };
}

function placeOf({ timestamp, id }: Arrival): string {
  return `${String(timestamp).padStart(9, '0')} ${id}`;
}

function byPlace(one: Arrival, other: Arrival): number {
  return placeOf(one) < placeOf(other) ? -1 : 1;
}

/** Follows for so long, and returns what was shown in each poll. */
async function followed(
  service: Service,
  clock: ManualClock,
  groups: readonly string[],
  forMs: number,
  options: Partial<PollingOptions> = {},
): Promise<{
  readonly polls: readonly (readonly TailedEvent[])[];
  readonly readings: readonly GroupReading[];
}> {
  const polls: TailedEvent[][] = [];
  const controller = new AbortController();
  const readings = groups.map(
    (name) =>
      new GroupReading(
        { name, arn: undefined },
        (request) => {
          if (name === groups[0] && request.nextToken === undefined) polls.push([]);
          return service.read(request);
        },
        { streams: ALL, sinceMs: SINCE_MS, overlapMs: OVERLAP_MS },
      ),
  );
  const running = new Polling({
    readings,
    clock,
    // A part of a millisecond, as the clock of a process has it, is none that the API takes.
    serviceNow: () => clock.now() + 0.25,
    follows: true,
    signal: controller.signal,
    notice: () => undefined,
    failureOf: (error) => error,
    async show(events) {
      polls.at(-1)!.push(...events);
    },
    ...options,
  }).run();
  const endMs = clock.now() + forMs;
  while (clock.now() < endMs) {
    await promisesRun();
    clock.advance(Math.min(...clock.waiting, endMs - clock.now()) || 1);
  }
  controller.abort();
  while (await Promise.race([running.then(() => false), promisesRun().then(() => true)]))
    clock.advance(1_000);
  return { polls, readings };
}

const LONGEST_MS = 40_000;

/** Lateness is within the window, at its end, or beyond. */
const arrivals = fc
  .array(
    fc.record({
      group: fc.constantFrom('/a', '/b', '/c'),
      timestamp: fc.integer({ min: 0, max: 40 }).map((step) => SINCE_MS + step * 1_000),
      latenessMs: fc.oneof(
        fc.integer({ min: 0, max: OVERLAP_MS }),
        fc.constantFrom(0, OVERLAP_MS - 1, OVERLAP_MS, OVERLAP_MS + 1, OVERLAP_MS + 20_000),
      ),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ group, timestamp, latenessMs }, index) => {
      return {
        group,
        timestamp,
        id: `e${String(index).padStart(2, '0')}`,
        arrivedAtMs: timestamp + latenessMs,
      };
    }),
  );

test('every event that arrives within the window is shown once, in the order of time within a poll', async () => {
  const circumstances = {
    arrivals,
    pageSize: fc.integer({ min: 1, max: 5 }),
    latencyMs: fc.integer({ min: 1, max: 900 }),
    startMs: fc.integer({ min: SINCE_MS, max: SINCE_MS + LONGEST_MS }),
  };
  await fc.assert(
    fc.asyncProperty(fc.record(circumstances), async ({ arrivals: all, pageSize, latencyMs, startMs }) => {
      const clock = new ManualClock(startMs);
      const service = new Service(all, clock, pageSize, latencyMs);

      const { polls, readings } = await followed(service, clock, ['/a', '/b', '/c'], 4 * LONGEST_MS);

      const shown = polls.flat().map(({ message }) => message);
      const inTime = all
        .filter((each) => each.arrivedAtMs - each.timestamp <= OVERLAP_MS)
        .map(({ id }) => id);
      expect(new Set(shown).size).toBe(shown.length);
      expect(shown).toEqual(expect.arrayContaining(inTime));
      for (const poll of polls) {
        const times = poll.map(({ timestamp }) => timestamp);
        expect(times).toEqual(times.toSorted((one, other) => one - other));
      }
      expect(readings.map(({ remembered }) => remembered)).toEqual([0, 0, 0]);
    }),
    { numRuns: 30 },
  );
});

test('it waits longer while nothing comes, and asks for the overlap again', async () => {
  const clock = new ManualClock(SINCE_MS + 60_000);
  const arrived = { group: '/a', id: 'x', timestamp: SINCE_MS + 70_000, arrivedAtMs: SINCE_MS + 75_000 };
  const service = new Service([arrived], clock, 10, 0);

  await followed(service, clock, ['/a'], 25_000);

  const begun = [0, 2_000, 6_000, 11_000, 16_000, 17_000, 19_000, 23_000];
  expect(service.requests.map(({ startTime }) => startTime)).toEqual([
    SINCE_MS,
    ...begun.slice(0, -1).map((ms) => SINCE_MS + 60_000 + ms - OVERLAP_MS),
  ]);
});

test('an event from the future hides none of those that come before it', async () => {
  const clock = new ManualClock(SINCE_MS);
  const service = new Service(
    [
      { group: '/a', id: 'future', timestamp: SINCE_MS + 7_000_000, arrivedAtMs: SINCE_MS },
      { group: '/a', id: 'now', timestamp: SINCE_MS + 10_000, arrivedAtMs: SINCE_MS + 10_000 },
    ],
    clock,
    10,
    1,
  );

  const { polls } = await followed(service, clock, ['/a'], 30_000);

  expect(polls.flat().map(({ message }) => message)).toEqual(['future', 'now']);
});

test('without following, it reads once', async () => {
  const clock = new ManualClock(SINCE_MS + 5_000);
  const all = [1, 2, 3].map((each) => {
    return { group: '/a', id: `e${each}`, timestamp: SINCE_MS + each, arrivedAtMs: SINCE_MS };
  });
  const service = new Service(all, clock, 2, 1);

  const { polls } = await followed(service, clock, ['/a'], 30_000, { follows: false });

  expect(polls.map((poll) => poll.map(({ message }) => message))).toEqual([['e1', 'e2', 'e3']]);
});

describe('what is missing', () => {
  function gone(message: string): Error {
    return Object.assign(new Error(message), { name: 'ResourceNotFoundException' });
  }

  const NO_GROUP = 'The specified log group does not exist.';

  function deletedAfterOne(first: () => Promise<EventPage>): () => Promise<EventPage> {
    let reads = 0;
    return () => (reads++ === 0 ? first() : Promise.reject(gone(NO_GROUP)));
  }

  async function withFailing(reads: () => Promise<EventPage>, others: number): Promise<readonly string[]> {
    const notices: string[] = [];
    const clock = new ManualClock(SINCE_MS);
    const options = { streams: ALL, sinceMs: SINCE_MS, overlapMs: OVERLAP_MS };
    const readings = ['/gone', '/b', '/c']
      .slice(0, others + 1)
      .map(
        (name) =>
          new GroupReading({ name, arn: undefined }, name === '/gone' ? reads : async () => ({}), options),
      );
    const controller = new AbortController();
    const running = new Polling({
      readings,
      clock,
      serviceNow: () => clock.now(),
      follows: true,
      signal: controller.signal,
      notice: (line) => notices.push(line),
      failureOf: (error) => error,
      show: async () => undefined,
    }).run();
    const ended = running.catch((error: Error) => void notices.push(`failed: ${error.message}`));
    for (let polls = 0; polls < 3; polls += 1) {
      await promisesRun();
      clock.advance(5_000);
    }
    controller.abort();
    await ended;
    return notices;
  }

  test('a log stream that is not there yet is waited for', async () => {
    const reads = () => Promise.reject(gone('The specified log stream does not exist.'));

    expect(await withFailing(reads, 0)).toEqual(['/gone has no such log stream yet; waiting for it']);
  });

  test('a log group that is deleted leaves the others, and the last one ends it', async () => {
    expect(
      await withFailing(
        deletedAfterOne(async () => ({})),
        1,
      ),
    ).toEqual(['/gone has been deleted; the others go on']);
    expect(
      await withFailing(
        deletedAfterOne(async () => ({})),
        0,
      ),
    ).toEqual(['failed: The log group /gone has been deleted.']);
  });

  test('a log group that is deleted while one of its log streams is waited for leaves the others', async () => {
    const reads = deletedAfterOne(() => Promise.reject(gone('The specified log stream does not exist.')));

    expect(await withFailing(reads, 1)).toEqual([
      '/gone has no such log stream yet; waiting for it',
      '/gone has been deleted; the others go on',
    ]);
  });

  test('a log group that was never there, as the ARN of none, has not been deleted: the answer is the error', async () => {
    const reads = () => Promise.reject(gone(NO_GROUP));

    expect(await withFailing(reads, 1)).toEqual([`failed: ${NO_GROUP}`]);
  });

  test('any other error ends it', async () => {
    const reads = () => Promise.reject(new Error('malformed pattern'));

    expect(await withFailing(reads, 1)).toEqual(['failed: malformed pattern']);
  });
});
