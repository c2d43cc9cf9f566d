/** The boundaries that are passed while somebody listens, and the one at which something is thrown. */
const passed: string[] = [];
let count = 0;
let isListening = false;
let throwAt = Infinity;
let thrown: () => unknown = () => undefined;

Object.assign(globalThis, {
  $at(name: string): void {
    if (!isListening) return;
    count += 1;
    // A scenario may pass millions of them.
    if (throwAt === Infinity) passed.push(name);
    if (count < throwAt) return;
    isListening = false;
    throw thrown();
  },
});

/** Calls, and throws at one boundary of it. Where nothing is thrown, returns the boundaries that were passed. */
export function listening(call: () => void, at = Infinity, what: () => unknown = thrown): readonly string[] {
  passed.length = 0;
  count = 0;
  throwAt = at;
  thrown = what;
  isListening = true;
  try {
    call();
  } finally {
    isListening = false;
  }
  return passed.slice();
}
