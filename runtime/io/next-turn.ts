import { setImmediate } from './real-timers.js';

/** Lets the event loop see to everything else before a long piece of work goes on. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
