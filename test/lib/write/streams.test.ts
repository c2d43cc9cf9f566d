import { covers } from '../../../lib/write/streams.js';

test.each([
  ['*', 'api*', true],
  ['api*', '*', false],
  ['api*', 'api-v2*', true],
  ['api*', 'api-1', true],
  ['api-v2*', 'api*', false],
  ['api-1', 'api-1', true],
  // A name allows itself, and is no beginning of others.
  ['api-1', 'api-10', false],
  ['api-1', 'api-1*', false],
])('that a writer of %s may write %s is %s', (one, other, expected) => {
  expect(covers({ pattern: one }, { pattern: other })).toBe(expected);
});
