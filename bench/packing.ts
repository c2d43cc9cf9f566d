import { EVENT_OVERHEAD_BYTES, MAX_CALL_BYTES, MAX_CALL_EVENTS } from '../contract/limits.js';
import type { Call, Line } from './events.js';

/** Splits lines into the fewest calls that keep their order. */
export function packedCalls(lines: Iterable<Line>): Call[] {
  const calls: Line[][] = [];
  let bytes = Infinity;
  for (const line of lines) {
    const size = Buffer.byteLength(line.message) + EVENT_OVERHEAD_BYTES;
    if (bytes + size > MAX_CALL_BYTES || calls.at(-1)!.length === MAX_CALL_EVENTS) {
      calls.push([]);
      bytes = 0;
    }
    calls.at(-1)!.push(line);
    bytes += size;
  }
  return calls;
}
