import { crypto } from '../io/late-modules.cjs';
import { fittingLength } from './utf8.js';

/**
 * A line in parts of at most `maxBytes`, each a JSON object of its own: `splitId` is the same in all of them, `part`
 * counts from 1 to `parts`, and the `chunk` members one after the other are the line.
 */
export function splitLine(line: string, maxBytes: number, timestamp: string, level: string): string[] {
  const part = { timestamp, level, splitId: crypto().randomUUID(), part: 0, parts: 0 };
  // Room for the digits of the numbers, which are not known before the cut.
  const overhead = Buffer.byteLength(JSON.stringify({ ...part, chunk: '' })) + 20;
  const chunks = chunksOf(line, maxBytes - overhead);
  return chunks.map((chunk, index) =>
    JSON.stringify({ ...part, part: index + 1, parts: chunks.length, chunk }),
  );
}

function chunksOf(line: string, maxJsonBytes: number): string[] {
  const chunks: string[] = [];
  for (let from = 0; from < line.length;) {
    const length = fittingLength(line, maxJsonBytes, from);
    chunks.push(line.slice(from, from + length));
    from += length;
  }
  return chunks;
}
