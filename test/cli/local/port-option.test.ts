import { parsePort } from '../../../cli/local/port-option.js';

test.each(['0', '1', '4588', '65535'])('%s is a port', (text) => {
  expect(parsePort(text)).toBe(Number(text));
});

test.each(['', 'abc', '-1', '65536', '1.5', '0x50', ' 80', '1e3'])('"%s" is none', (text) => {
  expect(() => parsePort(text)).toThrow('Allowed: 1 to 65535, or 0 for any free port.');
});
