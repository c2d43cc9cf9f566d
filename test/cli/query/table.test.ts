import { tableText } from '../../../cli/query/table.js';

const plain = (_: string, text: string): string => text;

function table(rows: readonly Readonly<Record<string, string>>[], width?: number): string[] {
  const given = rows.map((row) => new Map(Object.entries(row)));
  return tableText(given, { paint: plain, width }).split('\n');
}

test('numbers stand on the right, texts on the left, and what a row lacks is blank', () => {
  expect(
    table([{ level: 'error', 'count(*)': '3' }, { level: 'info', 'count(*)': '-10.5' }, { level: 'x' }]),
  ).toEqual(['level  count(*)', '-----  --------', 'error         3', 'info      -10.5', 'x', '']);
});

test.each([
  ['0.30000000000000004', '0.3'],
  ['66.66666666666667', '66.6667'],
  ['-0.00012345678', '-0.0001235'],
  ['1234567.890123', '1234567.8901'],
  ['999.99999', '1000'],
  ['0.00000', '0'],
  ['12.3456', '12.3456'],
  ['12345678901234567890.12345', '12345678901234567890.12345'],
  ['1.23456789e-7', '1.23456789e-7'],
])('the number %s is shown as %s', (value, shown) => {
  expect(table([{ 'avg(ms)': value }])[2]!.trim()).toBe(shown);
});

test('what only looks like a number, beside texts, is shown as it is', () => {
  expect(table([{ version: '1.234567' }, { version: '1.2.3' }])[2]).toBe('1.234567');
});

test('a column with one text in it is one of texts', () => {
  expect(table([{ id: '1' }, { id: 'abc' }])).toEqual(['id', '---', '1', 'abc', '']);
});

test('without a terminal, nothing is cut; on one, the widest cells are', () => {
  const row = { a: '1', text: 'x'.repeat(50), other: 'y'.repeat(20) };
  expect(table([row])[2]).toBe(`1  ${row.text}  ${row.other}`);
  const lines = table([row], 40);
  expect(lines[2]).toBe(`1  ${'x'.repeat(16)}…  ${'y'.repeat(17)}…`);
  expect(lines.map((line) => line.length).every((length) => length <= 40)).toBe(true);
});

test('on a very narrow terminal, columns keep eight characters', () => {
  expect(table([{ a: 'x'.repeat(20), b: 'y'.repeat(20) }], 5)[2]).toBe('xxxxxxx…  yyyyyyy…');
});

test('lines and controls in a cell are shown as signs, so that a row is a line', () => {
  expect(table([{ 'a\nb': 'one\ntwo\u001b[2J' }])).toEqual(
    [String.raw`a\nb`, '-------------------', String.raw`one\ntwo\x1b[2J`, ''].map((line, index) =>
      index === 1 ? '-'.repeat(String.raw`one\ntwo\x1b[2J`.length) : line,
    ),
  );
});

test('the head is painted', () => {
  const paint = (colour: string, text: string): string => `<${colour}>${text}`;
  expect(tableText([new Map([['a', '1']])], { paint })).toBe('<bold>a\n<dim>-\n1\n');
});
