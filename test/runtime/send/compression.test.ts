import { gunzipSync } from 'node:zlib';
import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { Body } from '../../../runtime/batch/body.js';
import { systemClock } from '../../../runtime/io/clock.js';
import { Compression } from '../../../runtime/send/compression.js';
import { poll } from '../../support/poll.js';

const compressing = (): Compression => new Compression(true, systemClock);
const bodyOf = (bytes: number): Body => new Body(Buffer.alloc(bytes, 'a log line '));

test.each([
  [1_023, 'identity'],
  [1_024, 'gzip'],
  [1_025, 'gzip'],
])('a body of %d bytes: %s', async (bytes, encoding) => {
  const body = bodyOf(bytes);
  const encoded = await compressing().encode(body);
  expect(encoded.encoding).toBe(encoding);
  expect(
    Buffer.from(encoding === 'gzip' ? gunzipSync(encoded.bytes) : encoded.bytes).equals(body.bytes),
  ).toBe(true);
  expect(encoded.bytes.length).toBeLessThanOrEqual(bytes);
});

test('a body that compression would make larger goes as it is', async () => {
  const body = new Body(randomBytes(4_096));
  expect(await compressing().encode(body)).toEqual({ bytes: body.bytes, encoding: 'identity' });
});

test('switched off, every body goes as it is', async () => {
  const body = bodyOf(100_000);
  expect(await new Compression(false, systemClock).encode(body)).toEqual({
    bytes: body.bytes,
    encoding: 'identity',
  });
});

test('a refusal counts for good', async () => {
  const compression = compressing();
  const body = bodyOf(100_000);
  expect((await compression.encode(body)).encoding).toBe('gzip');
  compression.refused();
  expect((await compression.encode(body)).encoding).toBe('identity');
});

test('compression runs beside the main thread, not on it', async () => {
  const order: string[] = [];
  const encoding = compressing()
    .encode(bodyOf(1_000_000))
    .then(() => order.push('encoded'));
  order.push('returned');
  await new Promise((resolve) => process.nextTick(resolve));
  order.push('ticked');
  await encoding;
  expect(order).toEqual(['returned', 'ticked', 'encoded']);
});

test('where every thread of libuv is busy, bodies go as they are, until one is free', async () => {
  const compression = compressing();
  const hash = promisify(pbkdf2);
  // More than there are threads, so that none is free for some time.
  const busy = Promise.all(Array.from({ length: 8 }, () => hash('secret', 'salt', 600_000, 32, 'sha512')));
  const encoding = async (): Promise<string> => (await compression.encode(bodyOf(100_000))).encoding;
  expect(await encoding()).toBe('identity');
  expect(await Promise.all(Array.from({ length: 20 }, encoding))).toEqual(Array(20).fill('identity'));
  expect(await Promise.race([busy.then(() => 'free'), Promise.resolve('still busy')])).toBe('still busy');
  await busy;
  await poll('a compressed body', async () => ((await encoding()) === 'gzip' ? true : undefined));
});
