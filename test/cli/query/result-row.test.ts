import { columnsOf, resultRow } from '../../../cli/query/result-row.js';

const fields = [
  { field: 'a', value: '1' },
  { field: 'empty', value: '' },
  { field: '@ptr', value: 'p' },
];

test('a row has its values in order, and the pointer only if it is wanted', () => {
  expect([...resultRow(fields, false)]).toEqual([
    ['a', '1'],
    ['empty', ''],
  ]);
  expect([...resultRow(fields, true).keys()]).toEqual(['a', 'empty', '@ptr']);
});

test.each([
  [[], []],
  [
    ['a b c', 'a b c'],
    ['a', 'b', 'c'],
  ],
  [
    ['a c', 'a b c'],
    ['a', 'b', 'c'],
  ],
  [
    ['c', 'a b c', 'a d'],
    ['a', 'd', 'b', 'c'],
  ],
])('the columns of rows with %j are %j: a row lacks those without a value', (rows, columns) => {
  const given = rows.map((row) => new Map(row.split(' ').map((name) => [name, 'x'])));
  expect(columnsOf(given)).toEqual(columns);
});
