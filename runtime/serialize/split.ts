import { requireLate } from '../io/late-modules.cjs';
import { fittingLength } from './utf8.js';

/**
 * Splits a line into parts of at most `maxBytes`, each a JSON object. All have the same `splitId`, `part` counts from 1 to `parts`,
 * and the members `chunk`, joined, are the line.
 */
export function splitLine(line: string, maxBytes: number, timestamp: string, level: string): string[] {
  const part = { timestamp, level, splitId: requireLate('node:crypto').randomUUID(), part: 0, parts: 0 };
  // The numbers of the parts are not known before the split: 20 bytes are for their digits.
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
