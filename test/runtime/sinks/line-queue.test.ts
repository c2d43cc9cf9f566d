import * as fc from 'fast-check';
import { LineQueue } from '../../../runtime/sinks/line-queue.js';

test('is an array that knows its bytes', () => {
  const push = fc.string({ unit: 'grapheme' }).map((text) => ({ push: text }));
  const step = fc.oneof(push, fc.constant({ push: undefined }));

  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const queue = new LineQueue<string>();
      let model: string[] = [];
      for (const each of steps) {
        if (each.push === undefined) {
          expect(queue.shift()?.text).toBe(model[0]);
          model = model.slice(1);
        } else {
          queue.push(each.push);
          model.push(each.push);
        }
        expect(queue.all().map(({ text }) => text)).toEqual(model);
        expect(queue.first?.text).toBe(model[0]);
        expect([queue.length, queue.bytes]).toEqual([model.length, Buffer.byteLength(model.join(''))]);
      }
    }),
  );
});

test('keeps the order when many come and go', () => {
  const queue = new LineQueue<string>();
  const out: (string | undefined)[] = [];
  for (let line = 0; line < 10_000; line++) {
    queue.push(String(line));
    if (line % 3 > 0) out.push(queue.shift()?.text);
  }
  while (queue.length > 0) out.push(queue.shift()?.text);

  expect(out).toEqual(Array.from({ length: 10_000 }, (_, line) => String(line)));
  expect([queue.bytes, queue.all()]).toEqual([0, []]);
});

test('is empty after it was cleared', () => {
  const queue = new LineQueue<Buffer>();
  queue.push(Buffer.from('ä'));
  queue.shift();
  queue.push(Buffer.from('b'));

  queue.clear();

  expect([queue.length, queue.bytes, queue.first, queue.shift()]).toEqual([0, 0, undefined, undefined]);
});
