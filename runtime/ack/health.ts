import type { Batcher } from '../batch/batcher.js';
import type { Clock } from '../io/clock.js';
import type { DeliveryQueue } from '../queue/delivery-queue.js';
import type { CircuitBreaker } from '../send/circuit-breaker.js';
import type { FailureReport } from '../send/failure-report.js';
import type { Settler } from './settler.js';

/** How a sink does, as far as it knows without asking anybody. */
export interface SinkHealth {
  /**
   * `degraded`: calls fail, and events wait for the next attempt; `failing`: delivery is paused, because calls failed in
   * a row.
   */
  readonly state: 'healthy' | 'degraded' | 'failing' | 'closed';
  /** When the service took events last, in milliseconds since the epoch. */
  readonly lastSuccessMs?: number | undefined;
  /** When a call failed last, in milliseconds since the epoch. */
  readonly lastErrorMs?: number | undefined;
  /** What the last failure said. */
  readonly lastError?: string | undefined;
  /** For how long the oldest event has waited, in milliseconds; 0 if none waits. */
  readonly oldestPendingAgeMs?: number | undefined;
}

export interface HealthParts {
  readonly batcher: Pick<Batcher, 'openedAtMs'>;
  readonly queue: Pick<DeliveryQueue, 'oldest'>;
  readonly send: { readonly breaker: Pick<CircuitBreaker, 'state'> };
  readonly failures: Pick<FailureReport, 'last'>;
  readonly settler: Pick<Settler, 'lastDelivery'>;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** How delivery goes, by its last success and its last failure. */
export function healthOf({ batcher, queue, send, failures, settler, clock }: HealthParts): SinkHealth {
  const { last } = failures;
  const success = settler.lastDelivery;
  const oldestMs = queue.oldest?.sealedAtMs ?? batcher.openedAtMs;
  const isDegraded = (last?.monotonicMs ?? -1) > (success?.monotonicMs ?? -1);
  return {
    state: send.breaker.state !== 'closed' ? 'failing' : isDegraded ? 'degraded' : 'healthy',
    lastSuccessMs: success?.atMs,
    lastErrorMs: last?.atMs,
    lastError: last?.message,
    oldestPendingAgeMs: oldestMs === undefined ? 0 : Math.round(clock.monotonic() - oldestMs),
  };
}
