/** Enough for the frames between a listener of `exit` and this. */
const FRAMES = 50;

/** Whether a call of `process.exit()` is what ends the process: its listeners run inside of that call. */
export function isInExitCall(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  try {
    // An application may make something else of stacks than text, or throw while it does.
    return /exit \(node:internal\/process/.test(String(new Error().stack));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
