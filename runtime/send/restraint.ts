/**
 * How a writer spares the quotas that it shares with every other logger of its account and Region. The numbers come from simulated
 * fleets (`bench/fleet`, docs/scale.md).
 */
export interface Restraint {
  /** The longest time between two calls that throttling brings about, in multiples of `retryBaseDelay`; a minute is the most. */
  readonly maxSpacing: number;
  /** The longest pause of the circuit breaker. */
  readonly maxPauseMs: number;
  /** The part of a pause that is always waited; the rest is random, so that writers which failed together do not return together. */
  readonly leastPauseShare: number;
  /** Whether a log stream that cannot be made yet, because too many are, is waited for by a ladder of its own. */
  readonly waitsForStreams: boolean;
  /** Whether a flush that may divert ends at once where nothing could be sent before its deadline. */
  readonly givesWay: boolean;
}

export const RESTRAINT: Restraint = {
  maxSpacing: 120,
  maxPauseMs: 8_000,
  leastPauseShare: 0.5,
  waitsForStreams: true,
  givesWay: true,
};
