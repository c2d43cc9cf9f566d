import { PassThrough, Writable } from 'node:stream';
import { Tee } from '../../../cli/emit/tee.js';

const never = new AbortController().signal;

test('bytes are written as they are', async () => {
  const out = new PassThrough();
  const tee = new Tee(out, () => undefined);
  await tee.write(Buffer.from([0, 0xff, 0x0a]), never);
  expect([...(out.read() as Buffer)]).toEqual([0, 0xff, 0x0a]);
});

test('a full pipe makes the writer wait until it is read', async () => {
  const out = new PassThrough({ highWaterMark: 1 });
  const order: string[] = [];
  const written = new Tee(out, () => undefined)
    .write(Buffer.from('ab'), never)
    .then(() => order.push('written'));
  await new Promise(setImmediate);
  order.push('read');
  out.resume();
  await written;
  expect(order).toEqual(['read', 'written']);
});

test('an end from outside ends the wait for the reader', async () => {
  const stop = new AbortController();
  const written = new Tee(new PassThrough({ highWaterMark: 1 }), () => undefined).write(
    Buffer.from('ab'),
    stop.signal,
  );
  stop.abort();
  await expect(written).resolves.toBeUndefined();
});

test.each([
  ['EPIPE', 'write EPIPE', 'nobody reads stdout any more'],
  [
    'ENOSPC',
    'ENOSPC: no space left on device, write',
    'stdout takes nothing more: ENOSPC: no space left on device, write',
  ],
])(
  'an end of the copy by %s is reported once, and nothing is written any more',
  async (code, message, reason) => {
    let writes = 0;
    const out = new Writable({
      write(_, __, done) {
        writes++;
        done(Object.assign(new Error(message), { code }));
      },
    });
    out.on('error', () => undefined);
    const reasons: string[] = [];
    const tee = new Tee(out, (each) => reasons.push(each));
    for (let count = 0; count < 3; count++) {
      await tee.write(Buffer.from('x'), never);
      await new Promise(setImmediate);
    }
    expect({ writes, reasons }).toEqual({ writes: 1, reasons: [reason] });
  },
);
