import type { EventEmitter } from 'node:events';
import { currentScope, runIn, type Scope } from '../../logger/scope.js';

/**
 * Has listeners of a request or response run in its scope: Node.js calls those for data that comes from the socket, as
 * `req.on('end', …)`, outside of it.
 */
export function emitInScope(emitter: EventEmitter, scope: Scope): void {
  const emit = emitter.emit.bind(emitter);
  emitter.emit = (...event: Parameters<typeof emit>) => {
    const act = (): boolean => emit(...event);
    // Work within the request may emit in a scope of its own.
    return currentScope()?.request === scope.request ? act() : runIn(scope, act);
  };
}
