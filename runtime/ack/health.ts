import type { Batcher } from '../batch/batcher.js';
import type { DeliveryQueue } from '../queue/delivery-queue.js';
import type { CircuitBreaker } from '../send/circuit-breaker.js';
import type { FailureReport } from '../send/failure-report.js';
import type { SinkHealth } from '../sink-port.js';
import type { Settler } from './settler.js';

export interface HealthParts {
  readonly batcher: Pick<Batcher, 'openedAtMs'>;
  readonly queue: Pick<DeliveryQueue, 'oldest'>;
  readonly send: { readonly breaker: Pick<CircuitBreaker, 'state'> };
  readonly failures: Pick<FailureReport, 'last'>;
  readonly settler: Pick<Settler, 'lastDeliveryMs'>;
}

/** How delivery goes, by what was settled and what failed last. */
export function healthOf(
  { batcher, queue, send, failures, settler }: HealthParts,
  nowMs: number,
): SinkHealth {
  const { last } = failures;
  const lastSuccessMs = settler.lastDeliveryMs;
  const oldestMs = queue.oldest?.sealedAtMs ?? batcher.openedAtMs;
  const isDegraded = (last?.atMs ?? -1) > (lastSuccessMs ?? -1);
  return {
    state: send.breaker.state !== 'closed' ? 'failing' : isDegraded ? 'degraded' : 'healthy',
    lastSuccessMs,
    lastErrorMs: last?.atMs,
    lastError: last?.message,
    oldestPendingAgeMs: oldestMs === undefined ? 0 : nowMs - oldestMs,
  };
}
