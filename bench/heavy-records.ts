export interface HeavyRecord {
  readonly name: string;
  readonly fields: object;
  /** Whether JSON.stringify would throw, or would not come to an end in minutes. */
  readonly isEndless: boolean;
}

const MIB = 1_048_576;

/** Records that programs have logged, by public reports, and worse ones. */
export function heavyRecords(): HeavyRecord[] {
  return [
    ended('an error with 400,000 numbers', {
      err: Object.assign(new Error('query failed'), { rows: numbers(400_000) }),
    }),
    ended('50,000 rows of five columns', { rows: rows(50_000) }),
    ended('50,000 instances of a class', { rows: rows(50_000).map((row) => Object.assign(new Row(), row)) }),
    ended('100,000 short texts', { texts: numbers(100_000).map((id) => `text ${id}`) }),
    ended('a text of 1 MiB', { text: 'x'.repeat(MIB) }),
    ended('a text of 5 MiB of quotes and line breaks', { text: '"\n'.repeat(2.5 * MIB) }),
    ended('a text of 64 MiB', { text: 'x'.repeat(64 * MIB) }),
    ended('1,200 texts of 1 KiB', { texts: numbers(1_200).map(() => 'x'.repeat(1_024)) }),
    ended('500 levels of nesting', { deep: nested(500) }),
    ended('100,000 members of one object', {
      members: Object.fromEntries(numbers(100_000).map((id) => [`key ${id}`, id])),
    }),
    endless('ten objects that refer to each other', { all: entangled(10) }),
    endless('6 × 6 authors and books', library(6)),
    endless('22 levels of two ways each', { root: doubled(22) }),
    endless('an array of 4,000,000,000 holes', { sparse: Array(4_000_000_000) }),
  ];
}

class Row {
  readonly isRow = true;
}

function ended(name: string, fields: object): HeavyRecord {
  return { name, fields, isEndless: false };
}

function endless(name: string, fields: object): HeavyRecord {
  return { name, fields, isEndless: true };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index * 7);
}

function rows(count: number): object[] {
  return numbers(count).map((id) => ({ id, name: `row ${id}`, isActive: true, total: id / 3, note: null }));
}

function nested(levels: number): object {
  let value: object = { end: true };
  for (let level = 0; level < levels; level++) value = { value };
  return value;
}

function doubled(levels: number): object {
  let node: object = { leaf: 1 };
  for (let level = 0; level < levels; level++) node = { left: node, right: node };
  return node;
}

function entangled(count: number): object[] {
  const all: Record<string, unknown>[] = Array.from({ length: count }, (_, id) => ({ id }));
  for (const each of all) all.forEach((other, index) => (each[`r${index}`] = other));
  return all;
}

function library(count: number): object {
  const authors = Array.from({ length: count }, (_, id) => ({
    id,
    name: `author ${id}`,
    books: [] as object[],
  }));
  const books = Array.from({ length: count }, (_, id) => ({ id, title: `book ${id}`, authors }));
  for (const author of authors) author.books.push(...books);
  return { authors };
}
