import { PassThrough, Readable } from 'node:stream';
import { PIECE_BYTES } from '../../../cli/emit/input.js';
import { piecesOf } from '../../../cli/emit/pieces.js';

const never = new AbortController().signal;

async function collected(pieces: AsyncGenerator<Buffer>): Promise<Buffer[]> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

test('all of a stream comes, in pieces of a bounded size', async () => {
  const bytes = Buffer.alloc(3 * PIECE_BYTES + 1, 'x');
  const pieces = await collected(piecesOf(Readable.from([bytes], { objectMode: false }), never));
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  expect(Math.max(...pieces.map(({ length }) => length))).toBe(PIECE_BYTES);
});

test('the end of a stream that was empty is its end', async () => {
  expect(await collected(piecesOf(Readable.from([], { objectMode: false }), never))).toEqual([]);
});

test('the error of a stream is thrown, after what came before it', async () => {
  const stream = new PassThrough();
  stream.write('first');
  const pieces = piecesOf(stream, never);
  expect(String((await pieces.next()).value)).toBe('first');
  const next = pieces.next();
  stream.destroy(new Error('gone'));
  await expect(next).rejects.toThrow('gone');
});

test('an end from outside hands on what was read by then, and reads no more', async () => {
  const stream = new PassThrough();
  const stop = new AbortController();
  const pieces = piecesOf(stream, stop.signal);
  stream.write('first');
  await pieces.next();
  stream.write('second');
  stop.abort();
  expect(String((await pieces.next()).value)).toBe('second');
  expect(stream.destroyed).toBe(true);
  expect((await pieces.next()).done).toBe(true);
});

test('an end from outside ends a wait for input', async () => {
  const stop = new AbortController();
  const next = piecesOf(new PassThrough(), stop.signal).next();
  stop.abort();
  expect((await next).done).toBe(true);
});
