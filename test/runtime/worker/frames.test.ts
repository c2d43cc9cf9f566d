import { StringDecoder } from 'node:string_decoder';
import * as fc from 'fast-check';
import { logEvent, type LogEvent } from '../../../runtime/batch/log-event.js';
import {
  encodeLoss,
  encodeRequest,
  frameBytes,
  FrameReader,
  writeFrame,
  type Frame,
} from '../../../runtime/worker/frames.js';
import { NOW_MS, texts } from '../../support/events.js';

const frames: fc.Arbitrary<Frame> = fc.oneof(
  fc.tuple(fc.nat(), texts, fc.nat(5)).map(([timeMs, line, rank]) => {
    const event = logEvent(timeMs, line, rank);
    return { event, frameBytes: encodeEvent(event).length };
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

function encodeEvent(event: LogEvent): Buffer {
  const target = Buffer.alloc(frameBytes(event));
  expect(writeFrame(event, target, 0)).toBe(target.length);
  return target;
}

function encode(frame: Frame): Buffer {
  if ('loss' in frame) return encodeLoss(frame.loss);
  return 'event' in frame ? encodeEvent(frame.event) : encodeRequest(frame);
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
      expect(read(Buffer.concat(sent.map(encode)), cuts)).toEqual(sent);
    }),
  );
});

test('a frame is a letter, numbers and, of an event, what stands in the body', () => {
  const encoded = '{"timestamp":5,"message":"é\\n"}';
  expect(String(encodeEvent(logEvent(5, 'é\n', 4)))).toBe(`e429;${encoded}\n`);
  expect(String(encodeRequest({ kind: 'exit', id: 7, deadlineMs: Infinity }))).toBe('x7,Infinity;\n');
});

test('a frame keeps nothing of a buffer that others write to', () => {
  const event = logEvent(NOW_MS, 'a', 2);
  const shared = Buffer.concat([event.encoded, Buffer.from('more')]);
  const frame = encodeEvent({ ...event, encoded: shared });
  shared.fill(0);
  expect(read(frame, [])).toEqual([{ event, frameBytes: frame.length }]);
});
