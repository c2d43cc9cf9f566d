import type { Stages } from './assemble.js';
import type { FlushOptions } from './sink-port.js';

/**
 * Sends what waits. Resolves once everything logged so far is settled, or at the deadline, when what is left may be diverted. Whoever
 * wants that does not wait for the end of a pause of the circuit breaker, which may be long.
 */
export async function flush(stages: Stages, { deadlineMs, leftover }: FlushOptions): Promise<void> {
  const { batcher, queue, send, settler, progress } = stages;
  batcher.seal();
  send.sender.pump();
  const { lastSequence } = queue;
  const mayDivert = leftover === 'divert';
  const untilMs = mayDivert && send.breaker.state === 'open' ? 0 : deadlineMs;
  const isSettled = await progress.until(() => queue.isSettledUpTo(lastSequence), untilMs);
  if (isSettled || !mayDivert) return;
  settler.inOneReport(() => send.sender.giveUp(lastSequence, 'flushDeadline'));
}
