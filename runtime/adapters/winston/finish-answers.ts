/* oxlint-disable no-underscore-dangle -- names of winston and of Node.js */
import type { EventEmitter } from 'node:events';

/** winston's own note on a transport from which it awaits `finish` before it ends the process. */
interface Awaited extends EventEmitter {
  _ending?: boolean;
}

/**
 * The listener of winston that waits until a transport has stored an exception, at most three seconds, before it ends the process;
 * `undefined` if none waits. It is the newest for `finish`. The event itself must not be emitted: it would take the transport out of a
 * logger whose `exitOnError` is false.
 */
export function awaitedAnswer(transport: EventEmitter): (() => void) | undefined {
  const awaited = transport as Awaited;
  if (awaited._ending !== true) return undefined;
  awaited._ending = false;
  return newest(transport);
}

/**
 * Takes the listener of a logger that waits until the transport has finished. Other loggers have the transport, too: the event itself
 * would take it out of them.
 */
export function takenAnswer(transport: EventEmitter): (() => void) | undefined {
  const answer = newest(transport);
  if (answer) transport.off('finish', answer);
  return answer;
}

function newest(transport: EventEmitter): (() => void) | undefined {
  return transport.rawListeners('finish').at(-1) as (() => void) | undefined;
}
