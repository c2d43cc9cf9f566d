import * as fc from 'fast-check';
import { textsAtBounds } from './records.js';

/** A value, and texts each of which is found in the line that it is logged in. */
export interface Told {
  readonly value: unknown;
  readonly found: readonly string[];
}

/** Makes texts and numbers that occur once, so that what is found in a line is what was logged. */
export class Unique {
  #count = 0;

  word(): string {
    return `w${(++this.#count).toString(36)}z`;
  }

  number(): number {
    return 7_000_001 + ++this.#count * 11;
  }
}

/** How a value is made, of which the parts are made in their turn. */
type Make = (unique: Unique) => Told;

class Thing {
  readonly #hidden = 1;
  [key: string]: unknown;

  get hidden(): number {
    return this.#hidden;
  }
}

const leaf =
  (make: (word: string) => unknown, found = (word: string) => word): Make =>
  (unique) => {
    const word = unique.word();
    return { value: make(word), found: [found(word)] };
  };

const number =
  (make: (number: number) => unknown, found: (number: number) => string = String): Make =>
  (unique) => {
    const value = unique.number();
    return { value: make(value), found: [found(value)] };
  };

const marked =
  (make: () => unknown, mark: string): Make =>
  () => ({ value: make(), found: [mark] });

const named = (name: string): unknown => ({ [name]: () => 1 })[name];

/** Kinds of values that hold no others; some have no content, and a mark. */
const leaves: readonly Make[] = [
  leaf((word) => word),
  leaf((word) => `"${word}"\n`),
  leaf((word) => Object(word)),
  leaf((word) => Symbol(word)),
  leaf(named),
  leaf((word) => ({ [word]: class extends Thing {} })[word]),
  leaf((word) => new RegExp(word)),
  leaf((word) => new URL(`https://${word}.example/`)),
  leaf((word) => new URLSearchParams({ [word]: '1' })),
  leaf((word) => new Headers({ [word]: '1' })),
  leaf((word) => {
    const form = new FormData();
    form.append('name', word);
    return form;
  }),
  leaf(
    (word) => Buffer.from(word),
    (word) => Buffer.from(word).toString('hex'),
  ),
  leaf((word) => ({ toJSON: () => word })),
  leaf((word) => new DOMException(word)),
  leaf((word) => ({
    get bad() {
      throw new Error(word);
    },
  })),
  leaf((word) => ({
    toJSON() {
      throw new Error(word);
    },
  })),
  number((value) => value),
  number((value) => BigInt(value)),
  number(
    (value) => BigInt(value) ** 4n,
    (value) => String(BigInt(value) ** 4n),
  ),
  number((value) => Object(value)),
  number(
    (value) => new Date(value * 1_000),
    (value) => new Date(value * 1_000).toISOString(),
  ),
  number((value) => Float64Array.of(value)),
  marked(() => NaN, 'NaN'),
  marked(() => -Infinity, '-Infinity'),
  marked(() => new Date(NaN), '[invalid Date]'),
  marked(() => async () => 1, '[Function'),
  marked(() => Promise.resolve(1), '[Promise]'),
  marked(() => new WeakMap(), '[WeakMap]'),
  marked(() => new Map(), '[empty Map]'),
  marked(() => new Thing(), '[Thing]'),
  marked(() => new Uint8Array(70_000), '[Uint8Array(70000)'),
  marked(() => new ArrayBuffer(9), '[ArrayBuffer(9)'),
];

const holder =
  (make: (parts: readonly unknown[], words: readonly string[]) => unknown) =>
  (parts: readonly Make[]): Make =>
  (unique) => {
    const made = parts.map((part) => part(unique));
    const words = made.map(() => unique.word());
    return {
      value: make(
        made.map(({ value }) => value),
        words,
      ),
      found: [...words, ...made.flatMap(({ found }) => found)],
    };
  };

const withoutNames =
  (make: (parts: readonly unknown[]) => unknown) =>
  (parts: readonly Make[]): Make =>
  (unique) => {
    const made = parts.map((part) => part(unique));
    return { value: make(made.map(({ value }) => value)), found: made.flatMap(({ found }) => found) };
  };

function membersOf(parts: readonly unknown[], words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(words.map((word, index) => [word, parts[index]]));
}

/** What holds other values. */
const holders: readonly ((parts: readonly Make[]) => Make)[] = [
  holder(membersOf),
  holder(membersOf),
  holder((parts, words) => Object.assign(Object.create(null) as object, membersOf(parts, words))),
  holder((parts, words) => Object.assign(new Thing(), membersOf(parts, words))),
  holder((parts, words) => new Map(words.map((word, index) => [word, parts[index]]))),
  // Equal keys would be one.
  holder((parts, words) => new Map(words.map((word, index) => [[parts[index]], word]))),
  holder((parts, words) => ({ toJSON: () => membersOf(parts, words) })),
  holder((parts, words) => Object.assign(new TypeError(words.join()), membersOf(parts, words))),
  withoutNames((parts) => [...parts]),
  withoutNames((parts) => new Set([...parts, 1])),
  withoutNames((parts) =>
    parts.reduceRight((cause, part) => new Error('e', { cause: [part, cause] }), 1 as unknown),
  ),
  withoutNames((parts) => new AggregateError([...parts, 1], 'several')),
  withoutNames((parts) => parts.map((reason) => ({ status: 'rejected', reason }))),
  withoutNames((parts) => new Proxy({ parts }, {})),
];

/** Values of every kind, in one another. */
export const toldValues: fc.Arbitrary<Make> = fc.letrec<{ make: Make }>((tie) => ({
  make: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 3, arbitrary: fc.constantFrom(...leaves) },
    {
      weight: 1,
      arbitrary: textsAtBounds.map((text): Make => (unique) => {
        const word = unique.word();
        return { value: word + text, found: [word, JSON.stringify(text).slice(1, -1)] };
      }),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...holders), fc.array(tie('make'), { minLength: 1, maxLength: 3 }))
        .map(([hold, parts]) => hold(parts)),
    },
  ),
})).make;
