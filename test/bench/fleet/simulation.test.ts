import { UNRESTRAINED } from '../../../bench/fleet/child.js';
import { resultOf, type FleetResult } from '../../../bench/fleet/result.js';
import { part, type Scenario } from '../../../bench/fleet/scenario.js';
import { scenarios } from '../../../bench/fleet/scenarios.js';
import type { CallCounts } from '../../../bench/fleet/service.js';
import { simulate, type Outcome } from '../../../bench/fleet/simulation.js';
import { Writer } from '../../../bench/fleet/writer.js';
import { Ledger } from '../../../runtime/ack/ledger.js';
import type { SinkEdges } from '../../../runtime/edges.js';
import type { LogsPort } from '../../../runtime/send/port.js';
import { RESTRAINT } from '../../../runtime/send/restraint.js';
import { CloudWatchSink } from '../../../runtime/sink.js';

interface Run {
  readonly outcome: Outcome;
  readonly result: FleetResult;
}

/** A scenario with so few writers, and quotas and a neighbour in proportion, for a minute. */
function small(name: string, writers: number, changes: Partial<Scenario> = {}): Scenario {
  const scenario = scenarios.find((each) => each.name === name)!;
  return { ...part(scenario, scenario.writers / writers), startSeconds: 10, seconds: 60, ...changes };
}

const runs = new Map<Scenario, Map<Partial<SinkEdges>, Promise<Run>>>();

/** A run that other tests look at, too. */
function run(scenario: Scenario, edges: Partial<SinkEdges> = restrained): Promise<Run> {
  const ofScenario = runs.get(scenario) ?? new Map<Partial<SinkEdges>, Promise<Run>>();
  const found = ofScenario.get(edges) ?? runAnew(scenario, edges);
  runs.set(scenario, ofScenario.set(edges, found));
  return found;
}

async function runAnew(scenario: Scenario, edges: Partial<SinkEdges>, seed = 1): Promise<Run> {
  const outcome = await simulate(scenario, seed, edges);
  const isRestrained = edges.restraint === undefined;
  return { outcome, result: resultOf(scenario, outcome, { isRestrained, seed, realSeconds: 0 }) };
}

const restrained: Partial<SinkEdges> = {};
const unrestrained: Partial<SinkEdges> = { restraint: UNRESTRAINED };

const twice = small('twice', 60, { seconds: 90 });
const deploy = small('deploy', 40, {
  seconds: 60,
  service: { quotas: { PutLogEvents: 20, CreateLogStream: 0.5 }, medianLatencyMs: 30 },
});
const lambda = small('lambda', 40);
const outage = small('steady-1', 40, {
  seconds: 90,
  service: {
    quotas: { PutLogEvents: 40, CreateLogStream: 1 },
    medianLatencyMs: 30,
    outages: [
      { fromMs: 30_000, untilMs: 35_000, storedShare: 0.5 },
      { fromMs: 35_000, untilMs: 60_000 },
    ],
  },
});
/** Each writer has several calls of events when the service is back. */
const longOutage = small('steady-1', 40, {
  seconds: 110,
  bytes: 8_000,
  load: { kind: 'steady', eventsPerSecond: 10 },
  service: {
    quotas: { PutLogEvents: 20, CreateLogStream: 1 },
    medianLatencyMs: 30,
    outages: [{ fromMs: 10_000, untilMs: 70_000 }],
  },
});
/** One writer wants to log 4 MB a second, which is more than the others leave of the quota. */
const noisy = small('noisy', 20, {
  seconds: 40,
  bytes: 4_000,
  service: { quotas: { PutLogEvents: 8, CreateLogStream: 1 }, medianLatencyMs: 30 },
  firstLoad: { kind: 'full', eventsPerMs: 1 },
});

/** Those in which no flush gives up while its call is under way, and no call fails that the service stores. */
const certain = [
  ['steady', small('steady-1', 40)],
  ['twice the quota', twice],
  ['missing streams', deploy],
  ['a noisy writer', noisy],
] as const;

const modes = [
  ['with restraint', restrained],
  ['without', unrestrained],
] as const;

const both = <Each>(each: readonly (readonly [string, Each])[]) =>
  modes.flatMap(([mode, edges]) => each.map(([name, scenario]) => [name, mode, scenario, edges] as const));

test.each(both(certain))('%s, %s: each event is stored once', async (...[, , scenario, edges]) => {
  const { outcome, result } = await run(scenario, edges);

  expect(outcome.logged).toBeGreaterThan(1_000);
  expectWhole({ outcome, result });
  expect(result).toMatchObject({ repeated: 0, diverted: {}, dropped: {} });
  expect(outcome.writerDelaysMs).toHaveLength(scenario.writers);
});

/** What was logged has arrived, or waits; and what the writers take for stored is what the service stored. */
function expectWhole({ outcome, result }: Run): void {
  const { logged, stored, account, delays } = outcome;
  const { accepted, delivered, pending } = account;
  expect({ lost: result.lost, accepted, stored }).toEqual({ lost: 0, accepted: logged, stored: delivered });
  expect(delivered + pending).toBe(logged);
  expect(delays.count).toBe(stored);
}

test.each(both([certain[1], certain[2]]))(
  '%s, %s: a fleet with a backlog is waited for until nothing waits',
  async (...[, , scenario, edges]) => {
    const { account, pending } = (await run(scenario, edges)).outcome;

    expect(pending.length).toBeGreaterThan(scenario.seconds);
    expect(pending.slice(scenario.seconds - 1, -1).every((events) => events > 0)).toBe(true);
    expect([pending.at(-1), account.pending]).toEqual([0, 0]);
  },
);

// Known: events in open batches count as waiting only from the next step of their writer on.
test('a fleet without a backlog is waited for until nothing waits', async () => {
  const { account } = (await run(certain[0][1])).outcome;

  expect(account.pending).toBe(0);
});

test('the calls of the fleet and of its neighbour are those that the service counts', async () => {
  const { outcome, result } = await run(small('steady-1', 40));
  const { accepted, throttled, failed } = result.calls.PutLogEvents;

  expect([throttled, failed]).toEqual([0, 0]);
  expect(outcome.calls + outcome.neighbour.all.calls).toBe(accepted);
});

test('the same seed brings the same, another one something else', async () => {
  const first = figures(await runAnew(outage, restrained, 5));
  const again = figures(await runAnew(outage, restrained, 5));
  const other = figures(await runAnew(outage, restrained, 6));

  expect(again).toEqual(first);
  expect(other.seconds).not.toEqual(first.seconds);
});

/** All but how much memory was used. */
function figures({ outcome, result }: Run) {
  const { seconds, pending, writerDelaysMs } = outcome;
  return { result: { ...result, bytesPerWriter: 0 }, seconds, pending, writerDelaysMs };
}

test('at twice the quota, the restraint saves calls and serves the neighbour better', async () => {
  const spared = (await run(twice)).result;
  const spent = (await run(twice, unrestrained)).result;

  expect(spared.calls.PutLogEvents.throttled).toBeGreaterThan(0);
  expect(spared.callsPerAccepted).toBeLessThanOrEqual(1.3);
  expect(spared.callsPerAccepted).toBeLessThan(spent.callsPerAccepted);
  expect(spent.callsPerAccepted).toBeGreaterThan(1.3);
  expect(spared.neighbour.atOnce).toBeGreaterThan(spent.neighbour.atOnce);
  expect(spared.neighbour.granted).toBeGreaterThan(spent.neighbour.granted);
});

test('where streams are missing, the restraint saves refused creations, and each stream is made once', async () => {
  const spared = (await run(deploy)).result.calls;
  const spent = (await run(deploy, unrestrained)).result.calls;

  expect(spared.CreateLogStream.accepted).toBe(deploy.writers);
  expect(spent.CreateLogStream.accepted).toBe(deploy.writers);
  expect(spared.CreateLogStream.throttled).toBeLessThan(spent.CreateLogStream.throttled / 2);
  expect(total(spared.PutLogEvents)).toBeLessThan(total(spent.PutLogEvents));
});

function total({ accepted, throttled, failed }: CallCounts): number {
  return accepted + throttled + failed;
}

test.each(modes)(
  '%s: an invocation delivers its events or diverts them, within its deadline',
  async (_, edges) => {
    const { outcome, result } = await run(lambda, edges);
    const { logged, account, stored, flushes } = outcome;
    const { flushDeadline = 0, ...others } = result.diverted;

    expect(result).toMatchObject({ lost: 0, dropped: {}, repeated: 0 });
    expect(others).toEqual({});
    expect(flushDeadline).toBeGreaterThan(0);
    expect(account.accepted).toBe(logged);
    expect(account.delivered + account.pending + flushDeadline).toBe(logged);
    // A call that is under way at the deadline may still be granted.
    expect(stored).toBeGreaterThanOrEqual(account.delivered);
    expect(stored).toBeLessThan(logged);
    expect(flushes.maxMs).toBeLessThanOrEqual(200);
    expect(flushes.count).toBeGreaterThanOrEqual(logged / 4 - lambda.writers);
  },
);

test('invocations that give way save calls and time, and serve the neighbour better', async () => {
  const spared = (await run(lambda)).result;
  const spent = (await run(lambda, unrestrained)).result;

  expect(spared.callsPerAccepted).toBeLessThanOrEqual(1.3);
  expect(spared.callsPerAccepted).toBeLessThan(spent.callsPerAccepted);
  expect(spared.flushMs!.p50).toBeLessThan(spent.flushMs!.p50);
  const stubborn = (await run(lambda, { restraint: { ...RESTRAINT, givesWay: false } })).result;
  expect(spared.flushMs!.p50).toBeLessThan(stubborn.flushMs!.p50);
  expect(spared.neighbour.granted).toBeGreaterThan(spent.neighbour.granted);
});

test.each(modes)(
  '%s: after an outage, only calls that failed and were stored are stored again',
  async (_, edges) => {
    const { outcome, result } = await run(outage, edges);

    expect(result).toMatchObject({ lost: 0, delivered: outcome.logged, diverted: {}, dropped: {} });
    expect(outcome).toMatchObject({ stored: outcome.logged, account: { pending: 0 } });
    expect(outcome.repeated).toBeGreaterThan(0);
    expect(result.calls.PutLogEvents.failed).toBeGreaterThan(0);
  },
);

test('without a failed call that is stored, an outage repeats nothing', async () => {
  const outages = [{ fromMs: 30_000, untilMs: 60_000 }];
  const { outcome, result } = await run({ ...outage, service: { ...outage.service, outages } });

  expectWhole({ outcome, result });
  expect(result.repeated).toBe(0);
});

test('a fleet comes back in twice the least time that its backlog takes, or in the longest pause of a writer', async () => {
  const { result, outcome } = await run(outage);
  const spent = (await run(outage, unrestrained)).result;
  const { seconds, backlogCalls, minimumSeconds } = result.recovery!;

  expect(backlogCalls).toBeGreaterThanOrEqual(outage.writers);
  expect(minimumSeconds).toBeCloseTo(backlogCalls / (40 - outage.neighbourCalls), 9);
  // After its pause, a writer makes one call, and only then the next one.
  const pauseSeconds = RESTRAINT.maxPauseMs / 1_000 + 1;
  expect(seconds).toBeLessThanOrEqual(Math.max(2 * minimumSeconds, pauseSeconds));
  expect(seconds).toBeLessThan(spent.recovery!.seconds);
  // The first events of the backlog waited in a batch when the outage of thirty seconds began.
  expect(outcome.delays.maxMs).toBeLessThanOrEqual((30 + seconds + 3) * 1_000);
});

test('a backlog that takes longer than a pause arrives in twice its least time', async () => {
  const { result } = await run(longOutage);
  const { seconds, minimumSeconds } = result.recovery!;

  expect(minimumSeconds).toBeGreaterThan(RESTRAINT.maxPauseMs / 1_000);
  expect(seconds).toBeLessThanOrEqual(2 * minimumSeconds);
  expect(result).toMatchObject({ lost: 0, repeated: 0, diverted: {}, dropped: {} });
});

test('a fleet of which some events still wait has not recovered, however early the last one arrived', async () => {
  const { outcome } = await run(outage);
  const { account } = outcome;
  const short = { ...account, delivered: account.delivered - 1, pending: account.pending + 1 };
  const result = resultOf(
    outage,
    { ...outcome, account: short },
    { isRestrained: true, seed: 1, realSeconds: 0 },
  );

  expect(result.recovery!.seconds).toBe(Infinity);
});

test('a fleet without an outage has nothing to come back from', async () => {
  const { result, outcome } = await run(small('steady-1', 20, { seconds: 20 }));

  expect(result.recovery).toBeUndefined();
  expect(outcome.pending.slice(-1)).toEqual([0]);
});

test('a noisy writer uses what the quota has left, and hardly delays the others', async () => {
  const spared = await run(noisy);
  const spent = await run(noisy, unrestrained);
  const quiet = await run({ ...noisy, firstLoad: undefined });

  expect(spared.outcome.logged).toBeGreaterThan(10 * quiet.outcome.logged);
  expect(spared.result.calls.PutLogEvents.throttled).toBeGreaterThan(0);
  expect(quiet.result.calls.PutLogEvents.throttled).toBe(0);
  const { p50 } = spared.result.writerDelayMs;
  expect(p50).toBeLessThan(1.25 * quiet.result.writerDelayMs.p50);
  expect(p50).toBeLessThan(spent.result.writerDelayMs.p50);
});

describe('the check fails', () => {
  const scenario = small('steady-1', 20, { seconds: 20 });

  afterEach(() => jest.restoreAllMocks());

  test('for a writer that logged one more event than its sink accepted', async () => {
    const log = jest.spyOn(Writer.prototype, 'log');
    log.mockImplementationOnce(function (this: Writer) {
      this.logged++;
    });

    await expect(simulate(scenario, 1)).rejects.toThrow(
      /^the account of writer-\d+ does not balance: \{"accepted":/,
    );
  });

  test('for a sink that takes no notice of one event', async () => {
    jest.spyOn(CloudWatchSink.prototype, 'writeLine').mockReturnValueOnce();

    await expect(simulate(scenario, 1)).rejects.toThrow('does not balance');
  });

  test.each([
    ['settles a batch twice', 2],
    ['forgets to settle a batch', 0],
  ])('for a sink that %s', async (_, times) => {
    jest.spyOn(Ledger.prototype, 'deliver').mockImplementationOnce(function (this: Ledger, count) {
      this.deliver(times * count);
    });

    await expect(simulate(scenario, 1)).rejects.toThrow('does not balance');
  });

  test('as soon as it happens, and not at the end', async () => {
    jest.spyOn(CloudWatchSink.prototype, 'writeLine').mockReturnValueOnce();
    const check = jest.spyOn(Writer.prototype, 'check');

    await expect(simulate({ ...scenario, seconds: 1e6 }, 1)).rejects.toThrow('does not balance');
    expect(check.mock.results.filter(({ type }) => type === 'throw')).toHaveLength(1);
  });

  test('for the whole fleet, where the service says that it stored events and did not', async () => {
    const port: LogsPort = {
      putLogEvents: () => Promise.resolve({ requestId: 'untrue' }),
      createLogStream: () => Promise.resolve(),
      createLogGroup: () => Promise.resolve(),
      putRetentionPolicy: () => Promise.resolve(),
      close: () => undefined,
    };
    const { outcome, result } = await run(scenario, { port });

    expect(outcome.stored).toBe(0);
    expect(outcome.account.delivered).toBeGreaterThan(0);
    expect(result.lost).toBe(outcome.account.delivered);
  });

  test('for the whole fleet, where the account of it does not balance', async () => {
    const { outcome } = await run(scenario);
    const { account } = outcome;
    const wrong = { ...outcome, account: { ...account, delivered: account.delivered - 1 } };

    expect(() => resultOf(scenario, wrong, { isRestrained: true, seed: 1, realSeconds: 0 })).toThrow(
      'the account of the fleet does not balance: {"accepted":',
    );
  });
});
