import { gunzipSync } from 'node:zlib';
import { randomBytes } from 'node:crypto';
import { Body } from '../../../runtime/batch/body.js';
import { Compression } from '../../../runtime/send/compression.js';

const bodyOf = (bytes: number): Body => new Body(Buffer.alloc(bytes, 'a log line '));

test.each([
  [1_023, 'identity'],
  [1_024, 'gzip'],
  [1_025, 'gzip'],
])('a body of %d bytes: %s', async (bytes, encoding) => {
  const body = bodyOf(bytes);
  const encoded = await new Compression(true).encode(body);
  expect(encoded.encoding).toBe(encoding);
  expect(
    Buffer.from(encoding === 'gzip' ? gunzipSync(encoded.bytes) : encoded.bytes).equals(body.bytes),
  ).toBe(true);
  expect(encoded.bytes.length).toBeLessThanOrEqual(bytes);
});

test('a body that compression would make larger goes as it is', async () => {
  const body = new Body(randomBytes(4_096));
  expect(await new Compression(true).encode(body)).toEqual({ bytes: body.bytes, encoding: 'identity' });
});

test('switched off, every body goes as it is', async () => {
  const body = bodyOf(100_000);
  expect(await new Compression(false).encode(body)).toEqual({ bytes: body.bytes, encoding: 'identity' });
});

test('a refusal counts for good', async () => {
  const compression = new Compression(true);
  const body = bodyOf(100_000);
  expect((await compression.encode(body)).encoding).toBe('gzip');
  compression.refused();
  expect((await compression.encode(body)).encoding).toBe('identity');
});

test('compression runs beside the main thread, not on it', async () => {
  const order: string[] = [];
  const encoding = new Compression(true).encode(bodyOf(1_000_000)).then(() => order.push('encoded'));
  order.push('returned');
  await new Promise((resolve) => process.nextTick(resolve));
  order.push('ticked');
  await encoding;
  expect(order).toEqual(['returned', 'ticked', 'encoded']);
});
