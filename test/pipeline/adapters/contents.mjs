/** Names, values and an error that the subjects are given to log. */

/** Names of fields that loggers and lines have for themselves, each with a text that occurs once. */
export const namedFields = Object.fromEntries(
  'timestamp time date level severity message msg log name logger service err error stack pid hostname v req res url splat category meta params context cause constructor toString hasOwnProperty __proto__ a.b a-b größe 0'
    .split(' ')
    .map((name, index) => [name, `w${index}z`]),
);

/** An error with a cause and members of its own, and the words by which each part of it is recognized. */
export function wordyError() {
  const cause = new RangeError('cause-7f3');
  const error = Object.assign(new TypeError('text-91c', { cause }), {
    code: 'E_CODE_55',
    orderId: 'member-2aa',
  });
  return {
    error,
    words: {
      text: 'text-91c',
      type: 'TypeError',
      stack: 'wordyError',
      cause: 'cause-7f3',
      members: 'member-2aa',
    },
  };
}

/** Values that JSON does not have, and what is found of them in a line. */
export const otherValues = [
  ['Map', new Map([['k', 'in-map-1']]), 'in-map-1'],
  ['Set', new Set(['in-set-2']), 'in-set-2'],
  ['Date', new Date(1_700_000_000_123), '2023-11-14T22:13:20.123Z'],
  ['BigInt', 123_456_789_012_345_678_901n, '123456789012345678901'],
  ['not a number', NaN, 'NaN'],
  ['symbol', Symbol('in-symbol-3'), 'in-symbol-3'],
  ['regular expression', /in-regexp-4/u, 'in-regexp-4'],
  ['URL', new URL('https://in-url-5.example/'), 'in-url-5'],
  ['Headers', new Headers({ 'x-in-headers-6': '1' }), 'x-in-headers-6'],
  ['Buffer', Buffer.from('in-buffer-7'), Buffer.from('in-buffer-7').toString('hex')],
  ['circle', circle(), 'in-circle-9'],
  ['error in a list', [new Error('in-list-10')], 'in-list-10'],
];

function circle() {
  const made = { word: 'in-circle-9' };
  made.self = made;
  return made;
}
