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
  const names = Array.from({ length: 1_000 }, () => defaultLogStreamName({ host: 'host', pid: 1 }));

  expect(new Set(names).size).toBe(1_000);
});

test('every host and every prefix get a legal name that begins with the prefix', () => {
  const hosts = fc.string({ unit: fc.constantFrom(':', '*', '.', 'a', 'ü'), maxLength: 600, size: 'max' });
  const prefixes = fc.string({ unit: fc.constantFrom('.', 'a', 'ü', '/'), maxLength: 256, size: 'max' });

  fc.assert(
    fc.property(prefixes, hosts, fc.nat(), (prefix, host, pid) => {
      const name = defaultLogStreamName({ prefix, host, pid });

      expect(logStreamNameProblem(name)).toBeUndefined();
      expect(name.startsWith(prefix)).toBe(true);
      expect(name).toMatch(new RegExp(`-${pid}-[0-9a-f]{8}$`));
    }),
  );
});

test.each([
  ['api', 'api-host-7-'],
  ['api-', 'api-host-7-'],
  ['api_', 'api_host-7-'],
  ['api/', 'api/host-7-'],
  ['api.', 'api.host-7-'],
  ['api#', 'api#host-7-'],
  ['', 'host-7-'],
  [undefined, 'host-7-'],
])('the prefix %p makes a name that begins with %s', (prefix, beginning) => {
  expect(defaultLogStreamName({ prefix, host: 'host', pid: 7 }).replace(/[0-9a-f]{8}$/, '')).toBe(beginning);
});

test('characters that no name may have are replaced', () => {
  expect(defaultLogStreamName({ host: 'a:b*c', pid: 7 })).toMatch(/^a-b-c-7-[0-9a-f]{8}$/);
});

test.each([
  [500, 511],
  [501, 512],
  [502, 512],
])('a host of %d characters makes a name of %d: the random part is never cut', (length, expected) => {
  const name = defaultLogStreamName({ host: 'h'.repeat(length), pid: 7 });

  expect(name).toHaveLength(expected);
  expect(name).toMatch(/^h+-7-[0-9a-f]{8}$/);
});
