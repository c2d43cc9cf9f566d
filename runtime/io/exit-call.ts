/** Enough for the frames between a listener of `exit` and this. */
const FRAMES = 50;

/** Whether a call of `process.exit()` is what ends the process: its listeners run inside of that call. */
export function isInExitCall(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  // An application may make something else of stacks than text.
  const stack = String(new Error().stack);
  Error.stackTraceLimit = stackTraceLimit;
  return /exit \(node:internal\/process/.test(stack);
}
