import { requireLate } from '../../../runtime/io/late-modules.cjs';
import { paintFor, type ColourMode } from '../../../runtime/sinks/colour.js';

const RED = '\u001b[31mx\u001b[39m';

test.each<[ColourMode, boolean, Record<string, string>, string]>([
  ['always', false, { NO_COLOR: '1', FORCE_COLOR: '0' }, RED],
  ['never', true, { FORCE_COLOR: '1' }, 'x'],
  ['auto', true, {}, RED],
  ['auto', false, {}, 'x'],
  ['auto', true, { NO_COLOR: '1' }, 'x'],
  ['auto', true, { NO_COLOR: '' }, RED],
  ['auto', true, { TERM: 'dumb' }, 'x'],
  ['auto', false, { FORCE_COLOR: '1' }, RED],
  ['auto', false, { FORCE_COLOR: '' }, RED],
  ['auto', false, { FORCE_COLOR: '3', NO_COLOR: '1' }, RED],
  ['auto', true, { FORCE_COLOR: '0' }, 'x'],
  ['auto', true, { FORCE_COLOR: 'false' }, 'x'],
])('%s, on a terminal: %s, with %j', (mode, isTty, env, text) => {
  expect(paintFor(mode, isTty, env)('red', 'x')).toBe(text);
});

test('where Node has no styleText, the codes are the same', () => {
  const util = requireLate('node:util');
  const { styleText } = util;
  Object.assign(util, { styleText: undefined });

  expect(paintFor('always', false, {})('red', 'x')).toBe(RED);

  Object.assign(util, { styleText });
});
