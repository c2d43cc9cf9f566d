import { paintFor } from '../../../cli/terminal/colours.js';

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { FORCE_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
])('a terminal: %s, %j: colours %s', (isTTY, env, expected) => {
  expect(paintFor({ isTTY }, env)('red', 'x')).toBe(expected ? '\u001b[31mx\u001b[0m' : 'x');
});
