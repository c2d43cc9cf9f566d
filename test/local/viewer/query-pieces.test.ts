import * as fc from 'fast-check';
import { lineAndColumn, queryPieces } from '../../../local/viewer/client/insights/query-pieces.js';

const QUERY = `# "the" errors
fields a, "b # no comment" # a comment
| filter m like /x|y#/ and n = 4 / 2 / 1
| stats count(*) by level`;

function piecesOf(kind: string): string[] {
  return queryPieces(QUERY)
    .filter((piece) => piece.kind === kind)
    .map(({ text }) => text);
}

test('comments, texts, regular expressions and the names of commands have a look', () => {
  expect(piecesOf('comment')).toEqual(['# "the" errors', '# a comment']);
  expect(piecesOf('string')).toEqual(['"b # no comment"', '/x|y#/']);
  expect(piecesOf('command')).toEqual(['fields', 'filter', 'stats']);
});

test('the pieces are the whole query, and those that are wrong the place', () => {
  const queries = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('a', ' ', '|', '#', '"', "'", '/', '\n', '\\') }),
  );
  fc.assert(
    fc.property(queries, fc.nat(20), fc.nat(20), (text, start, length) => {
      const place = { start, end: start + length };
      const pieces = queryPieces(text, place);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      const wrong = pieces.filter(({ isWrong }) => isWrong).map((piece) => piece.text);
      expect(wrong.join('')).toBe(text.slice(place.start, place.end));
    }),
  );
});

test('a query as long as the API allows is coloured at once, whatever it is made of', () => {
  const before = process.cpuUsage();
  for (const piece of ['"', ' ', 'like ', 'like /', '|', '\\', '\n', "'a", '# '])
    expect(queryPieces(piece.repeat(10_000 / piece.length)).length).toBeGreaterThan(0);
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
});

test.each([
  [0, [1, 1]],
  [15, [2, 1]],
  [22, [2, 8]],
])('index %d is in line and column %j', (index, place) => {
  expect(lineAndColumn(QUERY, index)).toEqual(place);
});
