import { inOrder, nextOrder, tableColumns } from '../../../local/viewer/client/insights/table-columns.js';

const result = {
  columns: ['name', 'n', 'none'],
  rows: [
    ['b', '10', null],
    ['a', '9', null],
    [null, '-1.5', null],
    ['c'.repeat(90), null, null],
  ].map((cells) => ({
    cells,
  })),
};
const columns = tableColumns(result);

test('a column has room for its longest text within bounds, and is of numbers if all of its values are', () => {
  expect(columns).toEqual([
    { name: 'name', at: 0, isNumeric: false, width: 60, isCut: true },
    { name: 'n', at: 1, isNumeric: true, width: 6, isCut: false },
    { name: 'none', at: 2, isNumeric: false, width: 7, isCut: false },
  ]);
});

test.each([
  [undefined, ['b', 'a', null, 'ccc']],
  [{ at: 0, isDescending: false }, ['a', 'b', 'ccc', null]],
  [{ at: 0, isDescending: true }, ['ccc', 'b', 'a', null]],
  [{ at: 1, isDescending: false }, [null, 'a', 'b', 'ccc']],
  [{ at: 1, isDescending: true }, ['b', 'a', null, 'ccc']],
])('in the order %j, the names are %j', (order, names) => {
  const found = inOrder(result.rows, order, columns).map(({ cells }) => cells[0]?.slice(0, 3) ?? null);
  expect(found).toEqual(names);
});

test('a click orders up, then down, then as the query does; another column begins anew', () => {
  const up = nextOrder(undefined, 1);
  const down = nextOrder(up, 1);
  expect([up, down, nextOrder(down, 1), nextOrder(down, 0)]).toEqual([
    { at: 1, isDescending: false },
    { at: 1, isDescending: true },
    undefined,
    { at: 0, isDescending: false },
  ]);
});
