import { checkTogether } from '../../../cli/tail/tail-options.js';

test.each([
  [
    { follow: true, live: true, since: 1 },
    '--live shows what arrives from now on, so --since has no effect.',
  ],
  [{ follow: false, live: true }, 'so --no-follow has no effect'],
  [{ follow: true, live: true, overlap: 0 }, 'so --overlap has no effect'],
  [{ follow: true, since: 2, until: 1 }, '--until is before --since.'],
])('%j', (options, message) => {
  expect(() => checkTogether(options)).toThrow(message);
});

test.each([
  { follow: true, live: true },
  { follow: false, since: 1, until: 1, interval: 1_000, overlap: 0 },
])('%j go together', (options) => {
  expect(() => checkTogether(options)).not.toThrow();
});
