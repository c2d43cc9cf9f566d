import * as fc from 'fast-check';
import { LEVELS } from '../../contract/levels.js';
import type { LogRecord } from '../../runtime/log-record.js';
import { codePoint } from './code-point.js';

const awkwardKeys =
  'timestamp level message err error __proto__ constructor toJSON 0 12 -1 same service a"b \\ größe'
    .split(' ')
    .concat('', '\ud800', 'https://u:p@host');

const awkwardTexts =
  ' https://user:secret@host/path ssh://git@host a@b.c http://token@host x:// \ud83d \ude00\ud83d 🚀 " \\ \ufffd'
    .split(' ')
    .concat('\u0000\u001f\u007f\u2028\n\r\t\b\f', 'see "http://a:b@c"');

/**
 * As long as the encoder's bounds between its ways to copy a text, with a character that has to be escaped at the front, in
 * the middle or at the end.
 */
export const textsAtBounds = fc
  .record({
    length: fc.constantFrom(31, 32, 33, 255, 256, 257, 300),
    character: fc.constantFrom(
      '"',
      '\\',
      '\n',
      '\u0001',
      '\u007f',
      '\ud800',
      '\ude00',
      '🚀',
      'é',
      '€',
      '@',
      'x',
    ),
    place: fc.constantFrom('front', 'middle', 'end'),
  })
  .map(({ length, character, place }) => {
    const others = 'a'.repeat(length - character.length);
    const at = { front: 0, middle: length >> 1, end: others.length }[place];
    return others.slice(0, at) + character + others.slice(at);
  });

export const texts = fc.oneof(
  fc.string({ unit: codePoint }),
  fc.constantFrom(...awkwardTexts),
  fc.string(),
  textsAtBounds,
);

/** Texts up to the size that an event may have, of one kind of character, with another one somewhere. */
export const longTexts = fc
  .tuple(
    fc.constantFrom('x', 'é', '東', '🔪', 'a "word"\n', 'me@home '),
    fc.constantFrom(257, 5_500, 16_400, 100_000, 175_000, 350_000, 524_300, 1_048_400),
    fc.constantFrom('', 'x', '"', '\\', '\u0000', '\ud800', '\udc00', '🚀', '@', '€', '\u2028'),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([text, bytes, character, place]) => {
    const count = Math.floor(bytes / Buffer.byteLength(text));
    const before = Math.floor(count * place);
    return text.repeat(before) + character + text.repeat(count - before);
  });

/** Says itself what it is in JSON, and where it stands. */
export class Money {
  readonly #cents: number;
  readonly currency = 'EUR';

  constructor(cents: number) {
    this.#cents = cents;
  }

  toJSON(key: string): string {
    return `${key} ${this.#cents}`;
  }
}

/** Everything that a value can be, and that JSON knows, does not know, or refuses. */
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, undefined, -0, NaN, Infinity, 10n, Symbol('s'), () => 1),
    fc.date().filter((date) => !Number.isNaN(date.getTime())),
    fc.constant(new Date(NaN)),
    fc.integer().map((cents) => new Money(cents)),
    texts.map((message) => new TypeError(message)),
    fc.constantFrom(Object(1), Object('boxed'), Object(true), /x/, new Map([[1, 2]]), new Uint8Array(3)),
    fc.constantFrom(
      new Headers({ a: 'b' }),
      new URLSearchParams('a=1&a=2'),
      Promise.resolve(1),
      new WeakMap(),
    ),
    texts.map((text) => new Map([[text, new Set([text])]])),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(texts, fc.constantFrom(...awkwardKeys)), tie('value'), { maxKeys: 4 }),
  ),
})).value;

const keys = fc.oneof(texts, fc.constantFrom(...awkwardKeys));

const someFields = fc
  .tuple(fc.dictionary(keys, values, { maxKeys: 5 }), fc.boolean())
  .map(([fields, isFrozen]) => (isFrozen ? Object.freeze(fields) : fields));

/** Times near each other, in a second or around its end, also of seconds in which more than the last digits change. */
export const nearTimes = fc
  .tuple(
    fc.constantFrom(0, 1_000, 1e12, 1_795_334_400_000, 1e13, 253_402_300_800_000, 8.64e15),
    fc.oneof(fc.integer({ min: -1_100, max: 1_100 }), fc.constantFrom(-1, -0.5, 0, 0.25, 999, 999.5, 1_000)),
  )
  .map(([second, ms]) => second + ms);

/** Records of every kind, also such as JSON knows nothing of or refuses. */
export const records: fc.Arbitrary<LogRecord> = fc.record({
  timeMs: fc.oneof(fc.date({ noInvalidDate: true }).map(Number), fc.double()),
  level: fc.constantFrom(...LEVELS),
  message: texts,
  fields: fc.array(someFields, { maxLength: 3 }),
});
