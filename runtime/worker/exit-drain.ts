import { EncodedBatch } from '../batch/encoded-batch.js';
import type { Delivery, DeliveryQueue } from '../queue/delivery-queue.js';
import type { FailureListener } from '../send/failure-report.js';
import type { Settlement } from '../send/sender.js';
import { errorOf, type FromThread, type Outcome } from './messages.js';
import type { WorkerPort } from './worker-port.js';

export interface ExitDrainParts {
  readonly port: Pick<WorkerPort, 'callOf' | 'drain'>;
  readonly queue: DeliveryQueue;
  readonly settlement: Settlement;
  readonly failures: FailureListener;
}

/**
 * Lets the thread deliver what is not settled while this thread's event loop does not run any more, because the process
 * exits. Returns what waits for it, settles here what it reports, and says how many PutLogEvents calls were made. A batch of
 * which the thread has not reported every event stays as it was: some of its events may be stored twice, none is lost.
 */
export function drainAtExit(
  { port, queue, settlement, failures }: ExitDrainParts,
  deadlineMs: number,
): () => number {
  const { deliveries } = queue;
  if (deliveries.length === 0) return () => 0;
  const drained = port.drain(
    deliveries.map(({ batch }) => ({ ...batch.carried(), callId: port.callOf(batch) })),
    deadlineMs,
  );
  return () => {
    const messages = drained();
    const outcomes = outcomesByBatch(messages);
    for (const [index, delivery] of deliveries.entries())
      settle(delivery, outcomes.get(index) ?? [], queue, settlement);
    for (const message of messages) {
      if (message.kind !== 'failedCall') continue;
      failures.failed(message.operation, message.target, errorOf(message.error), message.reason);
    }
    return messages.reduce((sum, message) => sum + (message.kind === 'drained' ? message.calls : 0), 0);
  };
}

/** Sorted once, because an exit may leave thousands of batches. */
function outcomesByBatch(messages: readonly FromThread[]): ReadonlyMap<number, Outcome[]> {
  const outcomes = new Map<number, Outcome[]>();
  for (const message of messages) {
    if (message.kind !== 'outcome') continue;
    const { index } = message.outcome;
    const known = outcomes.get(index);
    if (known) known.push(message.outcome);
    else outcomes.set(index, [message.outcome]);
  }
  return outcomes;
}

function settle(
  delivery: Delivery,
  outcomes: readonly Outcome[],
  queue: DeliveryQueue,
  settlement: Settlement,
): void {
  const { batch } = delivery;
  const reported = outcomes.map((outcome) => ({ outcome, part: partOf(batch, outcome) }));
  if (reported.reduce((sum, { part }) => sum + part.count, 0) !== batch.count) return;
  // A hook that logs while another batch is settled may have had this one given up.
  if (!queue.remove(delivery)) return;
  for (const { outcome, part } of reported) {
    if (outcome.act === 'delivered') settlement.delivered(part, outcome.rejected);
    else settlement[outcome.act](part, outcome.reason);
  }
}

function partOf(batch: EncodedBatch, { part }: Outcome): EncodedBatch {
  if (!part) return batch;
  const restored = EncodedBatch.restore(part);
  return batch.backing ? restored.backedBy(batch.backing) : restored;
}
