import type { Readable } from 'node:stream';
import { firstEvent } from '../first-event.js';
import { PIECE_BYTES } from './input.js';

const EVENTS = ['readable', 'end', 'error', 'close'] as const;

/**
 * The pieces of a stream until it ends, or until `signal` ends it: what was read by then is the last piece, so that nothing is taken from
 * a pipe and not handed on. While nobody asks for the next piece, no more than one is read ahead.
 *
 * @throws the error of the stream
 */
export async function* piecesOf(stream: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  // Read from the stream below.
  stream.on('error', () => undefined);
  try {
    for (;;) {
      const piece = stream.read() as Buffer | null;
      // Before somebody else's turn, in which more would be read.
      if (signal.aborted) stream.destroy();
      if (piece !== null) yield* partsOf(piece);
      else if (signal.aborted || stream.readableEnded) return;
      else if (stream.errored) throw stream.errored;
      else if (stream.destroyed) return;
      else await firstEvent(stream, EVENTS, signal);
    }
  } finally {
    stream.destroy();
  }
}

/** A read takes all that the stream holds, which may be more than one piece. */
function* partsOf(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) yield bytes.subarray(from, from + PIECE_BYTES);
}
