import { jsonText } from '../../../local/lines/json-text.js';

test('a value is written as JSON, with each member that it has', () => {
  const line = '{"a":[1,null,"x",{"b":true}],"__proto__":{"toString":2},"":{}}';

  expect(jsonText(JSON.parse(line))).toBe(line);
  expect(jsonText([1], 2)).toBe('[\n  1\n]');
});

test.each(['{"a":', '['])('a value within 100,000 of %s is written up to a depth', (opening) => {
  const closing = opening === '[' ? ']' : '}';
  const text = jsonText(JSON.parse(`${opening.repeat(100_000)}1${closing.repeat(100_000)}`), 2);

  expect(text).toContain('"…"');
  expect(text.length).toBeLessThan(50_000);
});
