import type { FleetResult, NeighbourShares } from '../../../bench/fleet/result.js';

/** A result in which nothing went wrong, but for the changes. */
export function aResult(changes: Partial<FleetResult> = {}): FleetResult {
  return {
    scenario: 'steady-1',
    isRestrained: true,
    seed: 1,
    writers: 10_000,
    seconds: 600,
    quotas: { PutLogEvents: 5_000, CreateLogStream: 50 },
    neighbourCalls: 200,
    logged: 6_000_000,
    lost: 0,
    delivered: 6_000_000,
    repeated: 0,
    diverted: {},
    dropped: {},
    delayMs: { p50: 1_500, p99: 2_100, max: 2_600 },
    flushMs: undefined,
    calls: {
      PutLogEvents: { accepted: 2_000_000, throttled: 500_000, failed: 0 },
      CreateLogStream: { accepted: 0, throttled: 0, failed: 0 },
    },
    callsPerAccepted: 1.25,
    mostCallsPerSecond: 3_600,
    neighbour: aNeighbour({ atOnce: 1, granted: 1 }),
    writerDelayMs: { p50: 1_400, p99: 2_800 },
    bytesPerWriter: 35_000,
    recovery: undefined,
    series: { pendingPerWriter: [1, 2, 1], accepted: [3_000, 3_400, 3_300], throttled: [0, 100, 0] },
    realSeconds: 60,
    ...changes,
  };
}

/** A result with the restraint, and one without. */
export function both(changes: Partial<FleetResult> = {}, without: Partial<FleetResult> = {}): FleetResult[] {
  return [aResult(changes), aResult({ ...changes, ...without, isRestrained: false })];
}

/** A neighbour that fared no better before the fleet had settled than afterwards, or otherwise if told so. */
export function aNeighbour(all: NeighbourShares, settled = all): FleetResult['neighbour'] {
  return { ...all, settled };
}
