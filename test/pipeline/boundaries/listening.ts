/** The boundaries that are passed while somebody listens, and the one at which something is thrown. */
const passed: string[] = [];
let isListening = false;
let throwAt = Infinity;
let thrown: () => unknown = () => undefined;

Object.assign(globalThis, {
  $at(name: string): void {
    if (!isListening) return;
    passed.push(name);
    if (passed.length === throwAt) throw thrown();
  },
});

/** Calls, throws at one boundary of it, and returns the boundaries that were passed. */
export function listening(call: () => void, at = Infinity, what: () => unknown = thrown): readonly string[] {
  passed.length = 0;
  throwAt = at;
  thrown = what;
  isListening = true;
  try {
    call();
  } finally {
    isListening = false;
  }
  return [...passed];
}
