import type { EventEmitter } from 'node:events';

/** Resolves with the first of these events, an error included, or once `signal` is aborted, and listens to none of them any longer. */
export function firstEvent(
  emitter: EventEmitter,
  events: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of events) emitter.off(event, done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    for (const event of events) emitter.on(event, done);
    signal.addEventListener('abort', done);
  });
}

/** Resolves once a stream has room again, or takes nothing more. */
export function roomIn(stream: EventEmitter, signal: AbortSignal): Promise<void> {
  return firstEvent(stream, ['drain', 'error', 'close'], signal);
}
