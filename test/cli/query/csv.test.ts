import { csvText } from '../../../cli/query/csv.js';

test('cells with commas, quotes and line ends are quoted, as in RFC 4180', () => {
  const rows = [
    new Map([
      ['a', '1'],
      ['b,c', 'x "y"\nz'],
    ]),
    new Map([['a', '2']]),
  ];
  expect(csvText(rows)).toBe('a,"b,c"\r\n1,"x ""y""\nz"\r\n2,\r\n');
});
