import { Writable } from 'node:stream';

const PER_LINE_MS = 50;

/** A stream that takes 50 ms for each line; `counter` is a shared array whose first element counts the lines that it has finished. */
export default function slowStream({ counter }) {
  const finished = new Int32Array(counter);
  return new Writable({
    decodeStrings: false,
    async write(text, _, done) {
      for (let left = String(text).trimEnd().split('\n').length; left > 0; left--) {
        await new Promise((resolve) => setTimeout(resolve, PER_LINE_MS));
        Atomics.add(finished, 0, 1);
      }
      done();
    },
  });
}

/** The counter of such a stream, which threads share, and what reads it. */
export function lineCounter() {
  const counter = new SharedArrayBuffer(4);
  return { counter, lines: () => Atomics.load(new Int32Array(counter), 0) };
}
