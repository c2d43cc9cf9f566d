import type { Clock, Timer } from './clock.js';
import { NO_TIME, onProcessEnd, type ExitPart } from './exit-hook.js';

export interface LastDrainParts {
  /** Hands on what waits before all this. @default - nothing does */
  readonly handOn?: (() => void) | undefined;
  readonly clock: Clock;
  /** How long the end of the process waits for deliveries. */
  readonly deadlineMs: number;
  /** Log events accepted so far. */
  readonly accepted: () => number;
  /** Log events that wait to be delivered. */
  readonly waiting: () => number;
  /** Whether nothing waits to be delivered. */
  readonly isDrained: () => boolean;
  /** Delivers what waits now. */
  readonly flush: (deadlineMs: number) => Promise<unknown>;
  /** Does the same for another thread that is going to end this one, and diverts the rest at the deadline. @default - only delivers */
  readonly flushForGood?: (deadlineMs: number) => Promise<unknown>;
  /** Tries again at once what backs off. */
  readonly hurry?: () => void;
  /** Delivers what no flush waits for, until it is drained. */
  readonly finish: (deadlineMs: number) => Promise<unknown>;
  /** Ends what keeps the process alive, after a drain that failed. */
  readonly rest?: () => void;
  /** The process goes on all the same. */
  readonly goOn?: () => void;
  /** Lets others deliver what is left while the process exits; not called when it must not wait any longer. */
  readonly handOver?: () => void;
  /** Settles what is left, synchronously, once what was handed over is over. `sinceMs` says when the end began. */
  readonly settle: (sinceMs: number) => void;
}

/** A program that is still there so long after a drain goes on by itself. */
const ALIVE_MS = 100;

/** Drains in a row that programs need which log when their event loop is empty, or clean up then. */
const MAX_DRAINS = 10;

/**
 * Takes part in the end of the process until it leaves: a program that just ends drains first, a signal drains by the
 * deadline, and what is left is settled at `exit`.
 *
 * After a drain that failed, the end is not put off again, nor after many that succeeded: hooks and listeners of
 * `beforeExit` may log each time. Only a program that goes on by itself, and has logged, is drained again.
 */
export function lastDrain(parts: LastDrainParts): ExitPart {
  const { clock, accepted, isDrained, settle } = parts;
  let isDraining = false;
  let hasFailed = false;
  let drains = 0;
  /** What was accepted when the last drain was over. */
  let drained = -1;
  let isOver = false;
  let watch: Timer | undefined;

  const drainBeforeEnd = async (maxMs: number): Promise<void> => {
    watch?.cancel();
    isDraining = true;
    await drain(parts, true, maxMs);
    isDraining = false;
    hasFailed = !isDrained();
    drained = accepted();
    drains++;
    isOver = hasFailed || drains >= MAX_DRAINS;
    if (hasFailed) parts.rest?.();
    watch = clock.after(ALIVE_MS, goOn);
  };
  const goOn = (): void => {
    if (hasFailed) parts.goOn?.();
    hasFailed = false;
    startAnew();
  };
  const startAnew = (): void => {
    isOver = false;
    drains = 0;
  };
  const drainIfNeeded = (): void => {
    // Nothing is begun here: if the event loop is ever empty again, the program has gone on by itself.
    if (isOver) startAnew();
    else if (!isDraining && !isDrained() && accepted() !== drained) void drainBeforeEnd(Infinity);
  };
  const part = onProcessEnd({
    handOn: () => parts.handOn?.(),
    waiting: parts.waiting,
    // Not before all listeners of `beforeExit` have been called, because they may log.
    beforeExit: () => process.nextTick(drainIfNeeded),
    drain: (isEnd, maxMs) => (isEnd ? drainBeforeEnd(maxMs) : drain(parts, false, maxMs)),
    flush: parts.flushForGood ?? parts.flush,
    beginExit: () => hasFailed || parts.handOver?.(),
    exit: (sinceMs) => settle(hasFailed ? NO_TIME : sinceMs),
  });
  return {
    catchSignals: part.catchSignals,
    leave() {
      watch?.cancel();
      part.leave();
    },
  };
}

/** Before the end, batches that back off are sent at once, and events logged in the meantime have flushes of their own. */
async function drain(
  { clock, deadlineMs, accepted, isDrained, flush, hurry, finish }: LastDrainParts,
  isEnd: boolean,
  maxMs: number,
): Promise<void> {
  const untilMs = clock.monotonic() + Math.min(deadlineMs, maxMs);
  const leftMs = (): number => Math.max(0, untilMs - clock.monotonic());
  let flushed = accepted();
  const flushing = flush(leftMs());
  if (isEnd) hurry?.();
  await flushing;
  if (!isEnd) return;
  // What was logged during one flush must not wait for its batch to fill: the next flush takes it.
  while (!isDrained() && accepted() !== flushed && leftMs() > 0) {
    flushed = accepted();
    await flush(leftMs());
  }
  if (!isDrained()) await finish(leftMs());
}
