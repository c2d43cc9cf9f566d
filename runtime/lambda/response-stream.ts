import { errorMonitor } from 'node:events';
import type { Writable } from 'node:stream';
import { systemClock } from '../io/clock.js';
import { quietly } from '../io/quietly.js';
import { guarded } from '../serialize/guard.js';

/** The runtime marks handlers by this symbol whose response is a stream. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

const METHODS = ['write', 'end', 'once', 'off'] as const;

/** Also after the stream has failed; an ordinary listener for `error` would hide a failure from the application. */
const ENDS = ['finish', 'close', errorMonitor] as const;

/** The stream among the arguments of a streaming handler: `(event, responseStream, context)`. */
export function responseStreamOf(handler: object, args: readonly unknown[]): Writable | undefined {
  const [, second] = args;
  if (isWritable(second)) return second;
  return STREAMING in handler && args.length > 2 ? (second as Writable) : undefined;
}

function isWritable(value: unknown): value is Writable {
  if (typeof value !== 'object' || value === null) return false;
  return METHODS.every((name) =>
    guarded(() => typeof (value as Partial<Writable>)[name] === 'function', false),
  );
}

/** A stand-in says nothing of its state. */
function isOpen({ writableFinished, destroyed }: Partial<Writable>): boolean {
  return destroyed === false && !writableFinished;
}

/**
 * Resolves once nothing more is written to the stream, at the latest after this time. Does not wait for what cannot be listened to, as
 * the stand-in for a stream in a test of a handler. Never rejects.
 */
export async function streamEnd(stream: Writable, limitMs: number): Promise<void> {
  if (!guarded(() => isOpen(stream), false)) return;
  await new Promise<void>((resolve) => {
    const timer = systemClock.after(limitMs, end, true);
    function end(): void {
      timer.cancel();
      for (const event of ENDS) quietly(() => stream.off(event, end));
      resolve();
    }
    for (const event of ENDS) quietly(() => stream.once(event, end), end);
  });
}
