import type { Clock } from '../io/clock.js';
import { isTornDown } from '../io/late-modules.cjs';
import { afterLoopTime } from '../io/loop-timer.js';
import type { LogsPort } from './port.js';

/**
 * A port whose calls end in time: after the time-out, or when the caller aborts, a call is aborted and rejects, even if
 * whatever it waits for, a credential provider perhaps, does not listen. A call whose answer is there has not timed out,
 * however long the event loop stood still. A call that begins after Jest has ended the test file is never made, and never
 * ends.
 */
export function timedPort(port: LogsPort, clock: Clock, timeoutMs: number): LogsPort {
  const within = async <Result>(
    outer: AbortSignal,
    call: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> => {
    if (isTornDown()) return new Promise(() => undefined);
    outer.throwIfAborted();
    const abort = new AbortController();
    const ended = new Promise<never>((_resolve, reject) => {
      abort.signal.addEventListener('abort', () => reject(abort.signal.reason as Error), { once: true });
    });
    const stop = (): void => abort.abort(outer.reason);
    outer.addEventListener('abort', stop, { once: true });
    // The socket holds the process, the timer need not.
    const timer = afterLoopTime(clock, timeoutMs, () => abort.abort(timeoutError(timeoutMs)));
    try {
      return await Promise.race([call(abort.signal), ended]);
    } finally {
      timer.cancel();
      outer.removeEventListener('abort', stop);
    }
  };
  return {
    putLogEvents: (target, body, signal) => within(signal, (inner) => port.putLogEvents(target, body, inner)),
    createLogStream: (target, signal) => within(signal, (inner) => port.createLogStream(target, inner)),
    createLogGroup: (target, signal) => within(signal, (inner) => port.createLogGroup(target, inner)),
    putRetentionPolicy: (target, days, signal) =>
      within(signal, (inner) => port.putRetentionPolicy(target, days, inner)),
    close: () => port.close(),
  };
}

function timeoutError(timeoutMs: number): Error {
  return Object.assign(new Error(`no answer within ${timeoutMs} ms`), { name: 'RequestTimeout' });
}
