import { Neighbour } from '../../../bench/fleet/neighbour.js';
import { Service, type CallCounts, type ServiceOptions } from '../../../bench/fleet/service.js';
import { Timeline } from '../../../bench/fleet/timeline.js';
import { seeded } from '../../../tools/soak/seeded.js';

interface Run {
  readonly callsPerSecond: number;
  readonly seconds: number;
  readonly service?: Partial<ServiceOptions>;
}

/** Lets a neighbour alone call a service, and waits for its last answer. */
async function neighbourOf({ callsPerSecond, seconds, service: options }: Run, random = seeded(1)) {
  const timeline = new Timeline();
  const quotas = { PutLogEvents: 1_000, CreateLogStream: 1 };
  const service = new Service({ quotas, medianLatencyMs: 30, ...options }, timeline, random);
  const neighbour = new Neighbour(service, timeline, random);
  neighbour.start(callsPerSecond, seconds * 1_000);
  await timeline.run((seconds + 60) * 1_000, () => undefined);
  return { neighbour, seconds: service.seconds.PutLogEvents };
}

function sum(seconds: readonly CallCounts[], of: keyof CallCounts): number {
  return seconds.filter(Boolean).reduce((total, counts) => total + counts[of], 0);
}

const down = (untilMs: number) => ({ outages: [{ fromMs: 0, untilMs }] });

test('where nothing is throttled, each of its calls is granted at once, so many a second on average', async () => {
  const { neighbour, seconds } = await neighbourOf({ callsPerSecond: 20, seconds: 100 });
  const { calls, atOnce, granted } = neighbour.all;

  expect(calls / 100).toBeGreaterThan(18);
  expect(calls / 100).toBeLessThan(22);
  expect([atOnce, granted]).toEqual([calls, calls]);
  expect(sum(seconds, 'accepted')).toBe(calls);
  expect(seconds).toHaveLength(100);
});

test('a call is made three times at most, after delays of the SDK', async () => {
  // Of the two numbers that a latency takes, and of arrivals: one call, at 693 ms.
  const { neighbour, seconds } = await neighbourOf(
    { callsPerSecond: 1, seconds: 1, service: down(60_000) },
    () => 0.5,
  );

  expect(neighbour.all).toEqual({ calls: 1, atOnce: 0, granted: 0 });
  // 694, 694 + 10 + 500 and 1,204 + 10 + 1,000 ms.
  expect(seconds.map(({ failed }) => failed)).toEqual([1, 1, 1]);
});

test.each([
  ['second', 1_200, 1],
  ['third', 1_300, 1],
  ['fourth, which it does not make', 2_300, 0],
])('is granted what the %s attempt brings', async (_, untilMs, granted) => {
  const run = { callsPerSecond: 1, seconds: 1, service: down(untilMs) };
  const { neighbour } = await neighbourOf(run, () => 0.5);

  expect(neighbour.all).toEqual({ calls: 1, atOnce: 0, granted });
});

test.each([
  [1, 100],
  [5, 100],
  [10, 200],
])('of %d calls a second that all fail, %d are made again', async (callsPerSecond, retries) => {
  const { neighbour, seconds } = await neighbourOf({ callsPerSecond, seconds: 300, service: down(1e9) });

  expect(neighbour.all.granted).toBe(0);
  expect(sum(seconds, 'failed')).toBe(neighbour.all.calls + retries);
});

test('calls that succeed at once give a token back each, up to what there was', async () => {
  const outages = [
    { fromMs: 0, untilMs: 200_000 },
    { fromMs: 300_000, untilMs: 1e9 },
  ];
  const { neighbour, seconds } = await neighbourOf({ callsPerSecond: 4, seconds: 700, service: { outages } });
  const { calls, atOnce, granted } = neighbour.all;

  // Some 400 calls succeed, which brings tokens for some 80 retries.
  expect(granted).toBe(atOnce);
  const retries = sum(seconds, 'failed') + sum(seconds, 'accepted') - calls;
  expect(retries).toBe(100 + Math.floor(granted / 5));
});

test('calls that it began after two minutes are counted apart, too', async () => {
  const { neighbour } = await neighbourOf({ callsPerSecond: 5, seconds: 240, service: down(120_000) });
  const { all, settled } = neighbour;

  expect(settled.calls).toBeGreaterThan(500);
  expect(settled.calls).toBeLessThan(700);
  expect(settled).toEqual({ calls: settled.calls, atOnce: settled.calls, granted: settled.calls });
  expect(all.calls - settled.calls).toBeGreaterThan(500);
  expect(all.atOnce).toBe(settled.atOnce);
});

test('takes its share of the quota', async () => {
  const quotas = { PutLogEvents: 5, CreateLogStream: 1 };
  const { neighbour, seconds } = await neighbourOf({ callsPerSecond: 10, seconds: 100, service: { quotas } });
  const { calls, atOnce, granted } = neighbour.all;

  expect(atOnce).toBeLessThan(granted);
  expect(granted).toBeLessThan(calls);
  expect(sum(seconds, 'accepted')).toBe(granted);
});
