import { discoveredFields, discoveredValues } from '../../../local/lines/discovered-fields.js';

describe('the fields of a line', () => {
  test.each<[string, Record<string, string>]>([
    ['{"level":"INFO","n":1.50,"ok":true,"none":null}', { level: 'INFO', n: '1.5', ok: 'true' }],
    [
      '{"error":{"type":"Timeout","cause":{}},"items":[{"id":0},[]]}',
      { 'error.type': 'Timeout', 'items.0.id': '0' },
    ],
    ['{"__proto__":1,"toString":2}', { ['__proto__']: '1', toString: '2' }],
    ['{"a.b":1,"a":{"b":2}}', { 'a.b': '2' }],
    ['{}', {}],
    ['[1]', {}],
    ['{"cut', {}],
    ['plain', {}],
  ])('%s are %p', (line, fields) => {
    expect([...discoveredFields(line)]).toEqual(Object.entries(fields));
  });

  test.each<[string, string]>([
    ['12345678901234567890', '12345678901234567890'],
    ['-1768478400000000001', '-1768478400000000001'],
    ['0.12345678901234567891', '0.12345678901234567891'],
    ['1e400', '1e400'],
    ['1e-400', '1e-400'],
    [`1${'0'.repeat(100_000)}1`, `1${'0'.repeat(100_000)}1`],
    ['1768478400000000000', '1768478400000000000'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['1.0000000000000000', '1'],
    ['"12345678901234567890\\" 1e400"', '12345678901234567890" 1e400'],
  ])('have all digits of %.30s', (written, shown) => {
    expect(discoveredFields(`{"n":${written}}`).get('n')).toBe(shown);
    expect(discoveredFields(`{"a":{"n":[${written}]}}`).get('a.n.0')).toBe(shown);
  });

  test.each(['{"n":012345678901234567890}', '{12345678901234567890:1}'])('%s is no JSON', (line) => {
    expect(discoveredFields(line).size).toBe(0);
  });

  test.each(['{"a":1,', '{"a":{"b":1},'])('that begins with %s are 200 at most', (start) => {
    const members = Array.from({ length: 250 }, (_, index) => `"f${index}":${index}`);

    expect([...discoveredFields(`${start}${members.join(',')}}`)].at(-1)).toEqual(['f198', '198']);
  });

  test('of a flat object are the object itself, so that nothing is copied', () => {
    expect(discoveredValues('{"a":1,"b":null}')).toEqual({ a: 1, b: null });
    expect(discoveredValues('{"a":{"b":1}}')).toEqual(new Map([['a.b', 1]]));
  });
});
