import type { Facet } from './answers.js';
import { visitAll, type Walk } from './walk.js';
import { BadQuestion, integerParameter } from './question.js';
import { parseLine } from './severity.js';
import { isMap } from '../api/json.js';

const DEFAULT_NAMES = ['level', 'service', 'requestId', 'error.type'];
const MAX_NAMES = 20;
const DEFAULT_VALUES = 10;
const MAX_VALUES = 1_000;
/** Values of a field that are told apart: a facet is no place to keep a million ids. */
const MAX_DISTINCT = 20_000;
const MAX_VALUE_CHARACTERS = 256;

/** Counts the values of fields in a selection, the most frequent first. */
export async function facets(walk: Walk, query: URLSearchParams): Promise<Facet[]> {
  const most = integerParameter(query, 'limit', 1, MAX_VALUES) ?? DEFAULT_VALUES;
  const counters = namesOf(query).map((name) => new Counter(name));
  await visitAll(walk, ({ message }) => {
    const line = parseLine(message);
    if (line !== undefined) for (const counter of counters) counter.count(line);
  });
  return counters.map((counter) => counter.facet(most));
}

function namesOf(query: URLSearchParams): readonly string[] {
  const names = [...new Set(query.getAll('name'))];
  if (names.length > MAX_NAMES)
    throw new BadQuestion(`No more than ${MAX_NAMES} names, not ${names.length}.`, 'name');
  return names.length === 0 ? DEFAULT_NAMES : names;
}

class Counter {
  readonly #name: string;
  readonly #path: readonly string[];
  readonly #counts = new Map<string, number>();
  #isFull = false;

  constructor(name: string) {
    this.#name = name;
    this.#path = name.split('.');
  }

  count(line: Readonly<Record<string, unknown>>): void {
    const value = valueAt(line, this.#path);
    if (value === undefined) return;
    const counted = this.#counts.get(value);
    if (counted === undefined && this.#counts.size >= MAX_DISTINCT) this.#isFull = true;
    else this.#counts.set(value, (counted ?? 0) + 1);
  }

  facet(most: number): Facet {
    const values = Array.from(this.#counts, ([value, count]) => ({ value, count }));
    const frequent = values.toSorted((left, right) => right.count - left.count).slice(0, most);
    return { name: this.#name, values: frequent, hasMore: this.#isFull || values.length > most };
  }
}

/** A text, a number or a boolean as text. */
function valueAt(line: Readonly<Record<string, unknown>>, path: readonly string[]): string | undefined {
  let value: unknown = line;
  for (const name of path) value = isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  if (typeof value === 'string') return value.slice(0, MAX_VALUE_CHARACTERS);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
