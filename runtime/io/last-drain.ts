import type { Clock } from './clock.js';
import { onProcessEnd } from './exit-hook.js';

export interface LastDrainParts {
  readonly clock: Clock;
  /** How long the end of the process waits for deliveries. */
  readonly deadlineMs: number;
  /** Whether signals that would end the process are caught first. */
  readonly signals: boolean;
  /** Whether nothing waits to be delivered. */
  readonly isDrained: () => boolean;
  /** Delivers what waits now. */
  readonly flush: (deadlineMs: number) => Promise<unknown>;
  /** Tries again at once what backs off. */
  readonly hurry: () => void;
  /** Delivers what came meanwhile, until it is drained. */
  readonly finish: (deadlineMs: number) => Promise<unknown>;
  /** Lets others deliver what is left while the process exits; not called when it must not wait any longer. */
  readonly handOver: () => void;
  /** Settles what is left, synchronously, once what was handed over is over. */
  readonly settle: () => void;
}

/**
 * Takes part in the end of the process until the returned function is called: a program that just ends drains first, a
 * signal drains by the deadline, and what is left is settled at `exit`. After a drain that failed, the end is not put off
 * again.
 */
export function lastDrain(parts: LastDrainParts): () => void {
  const { isDrained, handOver, settle, signals } = parts;
  let isDraining = false;
  let hasFailed = false;
  const drainBeforeEnd = async (): Promise<void> => {
    isDraining = true;
    await drain(parts, true);
    isDraining = false;
    hasFailed = !isDrained();
  };
  return onProcessEnd({
    signals,
    beforeExit() {
      if (!isDraining && !hasFailed && !isDrained()) void drainBeforeEnd();
    },
    drain: (isEnd) => (isEnd ? drainBeforeEnd() : drain(parts, false)),
    beginExit: () => hasFailed || handOver(),
    exit: settle,
  });
}

/** Before the end, batches that back off are sent at once, and events logged in the meantime have a turn of their own. */
async function drain(
  { clock, deadlineMs, isDrained, flush, hurry, finish }: LastDrainParts,
  isEnd: boolean,
): Promise<void> {
  const untilMs = clock.monotonic() + deadlineMs;
  const leftMs = (): number => Math.max(0, untilMs - clock.monotonic());
  const flushed = flush(leftMs());
  if (isEnd) hurry();
  await flushed;
  if (isEnd && !isDrained()) await finish(leftMs());
}
