import { readComparison } from './comparison.js';
import { type Condition, readExpression } from './expression.js';
import { fieldsOf } from './message-fields.js';
import type { PatternReader } from './pattern-reader.js';
import type { Quota } from './quota.js';

const ELLIPSIS = '...';

/** A place in the pattern for one field of a message. Without a name, it is an empty one between two commas. */
interface Place {
  readonly name: string;
  readonly condition?: Condition<string> | undefined;
}

/** A space-delimited pattern: `[ip, user, ..., status = 4* && status != 404, bytes > 1000]`. */
export class FieldsPattern {
  readonly #front: readonly Place[];
  /** After an ellipsis, the places of the last fields. */
  readonly #back: readonly Place[];
  /** Without an ellipsis, the last place takes the rest of the message (reported). */
  readonly #most: number;

  constructor(places: readonly Place[]) {
    const at = places.findIndex(({ name }) => name === ELLIPSIS);
    this.#front = at < 0 ? places : places.slice(0, at);
    this.#back = at < 0 ? [] : places.slice(at + 1);
    // No place at all is like an ellipsis alone (reported).
    this.#most = at < 0 && places.length > 0 ? places.length : Number.POSITIVE_INFINITY;
  }

  matches(message: string): boolean {
    return this.#matchingTexts(message) !== undefined;
  }

  /** The fields of a message that matches, by `$name`, or by `$number` if they have none. */
  extract(message: string): Record<string, string> {
    const texts = this.#matchingTexts(message) ?? [];
    const nameOf = (index: number): string => this.#placeAt(index, texts.length)?.name || String(index + 1);
    return Object.fromEntries(texts.map((text, index) => [`$${nameOf(index)}`, text]));
  }

  #matchingTexts(message: string): readonly string[] | undefined {
    const texts = this.#textsIn(message);
    if (texts.length < Math.max(1, this.#front.length + this.#back.length)) return undefined;
    const isTrue = (text: string, index: number): boolean =>
      this.#placeAt(index, texts.length)?.condition?.(text) ?? true;
    return texts.every(isTrue) ? texts : undefined;
  }

  #textsIn(message: string): readonly string[] {
    const fields = fieldsOf(message);
    const texts = fields.map(({ text }) => text);
    if (fields.length <= this.#most) return texts;
    return [...texts.slice(0, this.#most - 1), message.slice(fields[this.#most - 1]!.start).trimEnd()];
  }

  #placeAt(index: number, count: number): Place | undefined {
    return this.#front[index] ?? this.#back[index - (count - this.#back.length)];
  }
}

export function readFieldsPattern(reader: PatternReader, quota: Quota): FieldsPattern {
  reader.expect('[');
  const places = reader.takes(']') ? [] : readPlaces(reader, quota);
  return new FieldsPattern(places);
}

function readPlaces(reader: PatternReader, quota: Quota): Place[] {
  const places: Place[] = [];
  do {
    places.push(readPlace(reader, quota));
    checkNames(places, reader);
  } while (reader.takes(','));
  if (!reader.takes(']')) throw reader.refusal('an operator, a comma or ]');
  return places;
}

/** A name occurs once, and so does the ellipsis (reported). */
function checkNames(places: readonly Place[], reader: PatternReader): void {
  const { name } = places.at(-1)!;
  if (name === '' || places.findIndex((place) => place.name === name) === places.length - 1) return;
  throw reader.refusal(`no second ${name} before this`);
}

/** An empty place is an unnamed field (documented by an example in an early edition of the guide). */
function readPlace(reader: PatternReader, quota: Quota): Place {
  if (reader.takes(ELLIPSIS)) return { name: ELLIPSIS };
  const name = matchName(reader);
  if (name === undefined) return unnamed(reader);
  reader.skipSpace();
  const condition = /[=!<>]/.test(reader.next ?? '') ? readCondition(reader, name, quota) : undefined;
  return { name, condition };
}

function unnamed(reader: PatternReader): Place {
  if (reader.next === ',' || reader.next === ']') return { name: '' };
  throw reader.refusal('the name of a field, ..., or ]');
}

function matchName(reader: PatternReader): string | undefined {
  reader.skipSpace();
  return reader.match(/[\w-]+/y)?.[0];
}

/** Each comparison of a place names its field (reported). The name before the first one is read already. */
function readCondition(reader: PatternReader, name: string, quota: Quota): Condition<string> {
  let isFirst = true;
  return readExpression(reader, () => {
    if (!isFirst) expectName(reader, name);
    isFirst = false;
    const { isTrueFor } = readComparison(reader, quota);
    return (text) => isTrueFor(text, numberIn(text));
  });
}

function expectName(reader: PatternReader, name: string): void {
  reader.skipSpace();
  const start = reader.position;
  if (matchName(reader) === name) return;
  reader.position = start;
  throw reader.refusal(`another comparison of ${name}`);
}

/** That a field is a number if a pattern could have it as one is assumed. */
function numberIn(text: string): number | undefined {
  return /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}
