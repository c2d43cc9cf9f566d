import type { Clock } from '../../runtime/io/clock.js';

/** Waits, or until somebody asks the command to end. */
export function wait(clock: Pick<Clock, 'after'>, delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || delayMs <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = clock.after(delayMs, wake, true);
    signal.addEventListener('abort', wake);
  });
}
