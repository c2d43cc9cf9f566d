import type { Socket } from 'node:net';

const waiting = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls `act` when the connection closes. A connection has one listener for however many requests are pipelined on it: Node.js warns of
 * many.
 *
 * @returns what forgets it
 */
export function atCloseOf(socket: Socket, act: () => void): () => void {
  const acts = waiting.get(socket) ?? new Set();
  if (!waiting.has(socket)) {
    waiting.set(socket, acts);
    socket.once('close', () => {
      for (const each of acts) each();
    });
  }
  acts.add(act);
  return () => void acts.delete(act);
}
