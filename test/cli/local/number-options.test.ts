import { parseCount, parsePort, parseRate } from '../../../cli/local/number-options.js';

describe('a port', () => {
  test.each(['0', '1', '4588', '65535'])('%s', (text) => {
    expect(parsePort(text)).toBe(Number(text));
  });

  test.each(['', 'abc', '-1', '65536', '1.5', '0x50', ' 80', '1e3'])('"%s" is none', (text) => {
    expect(() => parsePort(text)).toThrow('Allowed: 1 to 65535, or 0 for any free port.');
  });
});

describe('a count', () => {
  test.each(['1', '1000000', '9007199254740991'])('%s', (text) => {
    expect(parseCount(text)).toBe(Number(text));
  });

  test.each(['0', '-1', '1.5', '1e6', '9007199254740992', ''])('"%s" is none', (text) => {
    expect(() => parseCount(text)).toThrow('Allowed: a whole number, 1 or more.');
  });
});

describe('a rate', () => {
  test.each(['1', '0.5', '800'])('%s', (text) => {
    expect(parseRate(text)).toBe(Number(text));
  });

  test.each(['0', '0.0', '-1', 'fast', 'Infinity', ''])('"%s" is none', (text) => {
    expect(() => parseRate(text)).toThrow('Allowed: a number of calls a second above 0');
  });
});
