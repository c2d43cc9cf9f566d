import { StringDecoder } from 'node:string_decoder';
import * as fc from 'fast-check';
import { LEVELS } from '../../../contract/levels.js';
import {
  encodeLine,
  encodeLoss,
  encodeRequest,
  frameBytes,
  FrameReader,
  type Frame,
} from '../../../runtime/worker/frames.js';
import { texts } from '../../support/events.js';

const frames: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({
    timeMs: fc.oneof(fc.double(), fc.nat()),
    level: fc.constantFrom(...LEVELS),
    line: texts.map((text) => text.toWellFormed()),
  }),
  fc.record({
    kind: fc.constantFrom('flush' as const, 'close' as const, 'exit' as const),
    id: fc.nat(),
    deadlineMs: fc.oneof(fc.nat(), fc.constant(Infinity)),
  }),
  fc.record({
    loss: fc.record({
      reason: texts.map((text) => text.toWellFormed()),
      count: fc.nat(),
      fromMs: fc.nat(),
      toMs: fc.nat(),
    }),
  }),
);

function encode(frame: Frame): Buffer {
  if ('loss' in frame) return encodeLoss(frame.loss);
  return 'line' in frame ? encodeLine(frame) : encodeRequest(frame);
}

/** As the library passes bytes on: cut anywhere, decoded as they come. */
function read(bytes: Buffer, cuts: readonly number[]): Frame[] {
  const reader = new FrameReader();
  const decoder = new StringDecoder('utf8');
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return ends.flatMap((end, index) => reader.take(decoder.write(bytes.subarray(ends[index - 1] ?? 0, end))));
}

test('what was sent is what is read, wherever it is cut', () => {
  fc.assert(
    fc.property(fc.array(frames), fc.array(fc.nat()), (sent, cuts) => {
      expect(read(Buffer.concat(sent.map(encode)), cuts)).toEqual(sent.map(withoutNegativeZero));
    }),
  );
});

test('who reads a line knows the bytes that it took on its way', () => {
  fc.assert(
    fc.property(frames, (frame) => {
      const bytes = encode(frame);
      const lines = read(bytes, []).filter((each) => 'line' in each);
      expect(lines.map(frameBytes)).toEqual('line' in frame ? [bytes.length] : []);
    }),
  );
});

/** A time of -0 is one of 0. */
function withoutNegativeZero(frame: Frame): Frame {
  return 'line' in frame ? { ...frame, timeMs: frame.timeMs + 0 } : frame;
}

test('a lone surrogate becomes a replacement character, and takes the same room', () => {
  const line = { timeMs: 1, level: 'warn', line: 'a\ud800b' } as const;

  expect(read(Buffer.concat([encodeLine(line), encodeLine(line)]), [])).toEqual([
    { ...line, line: 'a\ufffdb' },
    { ...line, line: 'a\ufffdb' },
  ]);
});

test('a line is a letter, its time, its rank, its length and itself', () => {
  expect(String(encodeLine({ timeMs: 5, level: 'error', line: 'é\n' }))).toBe('l5,4,2;é\n');
  expect(String(encodeRequest({ kind: 'exit', id: 7, deadlineMs: Infinity }))).toBe('x7,Infinity,0;');
});
