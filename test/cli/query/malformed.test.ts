import type { MalformedQueryException } from '@aws-sdk/client-cloudwatch-logs';
import { isMalformed, malformedFailure } from '../../../cli/query/malformed.js';

function error(start?: number, end?: number): MalformedQueryException {
  const location = { startCharOffset: start, endCharOffset: end };
  return Object.assign(new Error('unexpected\nword'), {
    name: 'MalformedQueryException',
    queryCompileError: { location },
  }) as unknown as MalformedQueryException;
}

const MESSAGE = String.raw`The query is malformed: unexpected\nword`;

test.each([
  ['fields a | patern b', 11, 17, '  fields a | patern b\n             ^^^^^^'],
  ['fields a\n| patern b\n| limit 1', 11, 17, '  | patern b\n    ^^^^^^'],
  ['fields a\n\t| patern b', 12, 18, '  \t| patern b\n  \t  ^^^^^^'],
  ['fields a\n| limit 1', 7, 18, '  fields a\n         ^'],
  ['fields', 6, 6, '  fields\n        ^'],
  ['fields a', 7, undefined, '  fields a\n         ^'],
])('the place in %j is shown below its line', (text, start, end, shown) => {
  expect(malformedFailure(text, error(start, end)).message).toBe(`${MESSAGE}\n${shown}`);
});

test.each([[undefined], [100]])('without a place in the text (%s), there is the message alone', (start) => {
  expect(malformedFailure('fields a', error(start)).message).toBe(MESSAGE);
});

test('other errors are not about the text', () => {
  expect([isMalformed(error(1)), isMalformed(new Error('x')), isMalformed('x')]).toEqual([
    true,
    false,
    false,
  ]);
});
