import type { Stages } from './assemble.js';
import type { FlushOptions } from './sink-port.js';

/**
 * Sends what waits. Resolves once everything logged so far is settled, or at the deadline, when what is left may be diverted. Whoever
 * wants that does not wait for the end of a pause of the circuit breaker, which may be long, nor for one after a throttled call that
 * outlasts the deadline.
 */
export async function flush(stages: Stages, { deadlineMs, leftover }: FlushOptions): Promise<void> {
  const { batcher, queue, send, settler, progress, clock } = stages;
  batcher.seal();
  send.sender.pump();
  const { lastSequence } = queue;
  const mayDivert = leftover === 'divert';
  const endMs = clock.monotonic() + (deadlineMs ?? Infinity);
  const isSettled = (): boolean => queue.isSettledUpTo(lastSequence);
  const givesWay = (): boolean => mayDivert && send.sender.isPausedFor(endMs - clock.monotonic());
  const untilMs = mayDivert && send.breaker.state === 'open' ? 0 : deadlineMs;
  await progress.until(() => isSettled() || givesWay(), untilMs);
  if (isSettled() || !mayDivert) return;
  settler.inOneReport(() => send.sender.giveUp(lastSequence, 'flushDeadline'));
}
