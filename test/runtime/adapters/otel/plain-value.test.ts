import { plainValue } from '../../../../runtime/adapters/otel/plain-value.js';

test('a value without bytes stays what it is', () => {
  const value = { a: [1, { b: null }], date: new Date(0) };

  expect(plainValue(value)).toBe(value);
});

test('bytes are base64 wherever they are, and the value that is given is not changed', () => {
  const bytes = Uint8Array.of(1, 2, 255);
  const value = { a: [bytes, 'x'], b: { c: bytes }, ['__proto__']: bytes };

  expect(plainValue(value)).toEqual({ a: ['AQL/', 'x'], b: { c: 'AQL/' }, ['__proto__']: 'AQL/' });
  expect(value.b.c).toBe(bytes);
});

test('a value may contain itself', () => {
  const value: Record<string, unknown> = { bytes: Uint8Array.of(1) };
  value['self'] = [value];
  const plain = plainValue(value) as { self: unknown[]; bytes: string };

  expect(plain.bytes).toBe('AQ==');
  expect(plain.self[0]).toBe(plain);
});
