import * as fc from 'fast-check';
import { hostname } from 'node:os';
import { logStreamNameProblem } from '../../contract/names.js';
import { defaultLogStreamName } from '../../runtime/stream-name.js';

test('the name of this process tells host and process id, and ends at random', () => {
  const name = defaultLogStreamName();

  expect(name.startsWith(`${hostname()}-${process.pid}-`)).toBe(true);
  expect(name.slice(`${hostname()}-${process.pid}`.length)).toMatch(/^-[0-9a-f]{8}$/);
});

test('no two names are the same', () => {
  const names = Array.from({ length: 1_000 }, () => defaultLogStreamName('host', 1));

  expect(new Set(names).size).toBe(1_000);
});

test('every host gets a legal name', () => {
  const hosts = fc.string({ unit: fc.constantFrom(':', '*', '.', 'a', 'ü'), maxLength: 600, size: 'max' });

  fc.assert(
    fc.property(hosts, fc.nat(), (host, pid) => {
      expect(logStreamNameProblem(defaultLogStreamName(host, pid))).toBeUndefined();
    }),
  );
});

test('characters that no name may have are replaced', () => {
  expect(defaultLogStreamName('a:b*c', 7)).toMatch(/^a-b-c-7-[0-9a-f]{8}$/);
});

test.each([
  [500, 511],
  [501, 512],
  [502, 512],
])('a host of %d characters makes a name of %d: the random part is never cut', (length, expected) => {
  const name = defaultLogStreamName('h'.repeat(length), 7);

  expect(name).toHaveLength(expected);
  expect(name).toMatch(/^h+-7-[0-9a-f]{8}$/);
});
