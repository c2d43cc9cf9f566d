import { onProcessEnd } from '../io/exit-hook.js';

/**
 * To be imported before the library's side of the worker, whose own `exit` listener ends the worker at once: what is to
 * happen then has to be registered before. As long as this is not called, every task of the exit hook comes first.
 */
export const leaveEarlyExitHook = onProcessEnd({ beforeExit: () => undefined, exit: () => undefined });
