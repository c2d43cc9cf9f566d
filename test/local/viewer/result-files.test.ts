import { csvOf, jsonOf } from '../../../local/viewer/client/insights/result-files.js';

const result = {
  columns: ['level', 'say "hi"', '__proto__'],
  rows: [
    { cells: ['error', 'a,b', 'x'] },
    { cells: [null, 'line\nbreak', '""'], ptr: '1' },
    { cells: ['', '1', null] },
  ],
};

test('CSV has the columns first, and quotes what could be taken for its own marks', () => {
  expect(csvOf(result)).toBe(
    'level,"say ""hi""",__proto__\r\nerror,"a,b",x\r\n,"line\nbreak",""""""\r\n,1,\r\n',
  );
});

test('JSON has an object of texts for each row, without what has no value', () => {
  expect(jsonOf(result)).toBe(
    `${JSON.stringify(
      [
        Object.fromEntries([
          ['level', 'error'],
          ['say "hi"', 'a,b'],
          ['__proto__', 'x'],
        ]),
        Object.fromEntries([
          ['say "hi"', 'line\nbreak'],
          ['__proto__', '""'],
        ]),
        Object.fromEntries([
          ['level', ''],
          ['say "hi"', '1'],
        ]),
      ],
      null,
      2,
    )}\n`,
  );
});
