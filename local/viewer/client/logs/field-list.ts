import { isFields, type Fields } from '../../../lines/fields.js';
import type { Path, Value } from '../state/filter-writing.js';

/** A member of a line that is no object: its path and its value. */
export interface Field {
  readonly path: Path;
  readonly value: unknown;
}

/** Members of a line that are shown one by one; more are in its JSON. */
const MOST_FIELDS = 300;
const DEEPEST = 8;
/** Of CloudWatch Logs. */
const LONGEST_PATTERN = 1_024;

/** All members, those of objects and of short arrays in place of these. */
export function fieldList(fields: Fields): Field[] {
  const list: Field[] = [];
  collect(fields, [], list);
  return list;
}

function collect(value: unknown, path: Path, list: Field[]): void {
  if (list.length >= MOST_FIELDS) return;
  const members = path.length < DEEPEST ? membersOf(value, path) : undefined;
  if (members === undefined) list.push({ path, value });
  else for (const [member, inner] of members) collect(inner, member, list);
}

function membersOf(value: unknown, path: Path): [Path, unknown][] | undefined {
  if (Array.isArray(value) && value.length > 0 && value.length <= 20)
    return value.map((inner: unknown, index) => [[...path, index], inner]);
  if (!isFields(value) || (path.length > 0 && Object.keys(value).length === 0)) return undefined;
  return Object.entries(value).map(([name, inner]) => [[...path, name], inner]);
}

/** How a path is shown: `error.type`, `items[0]`. */
export function pathText(path: Path): string {
  return path
    .map((name) => (typeof name === 'number' ? `[${name}]` : `.${name}`))
    .join('')
    .replace(/^\./, '');
}

/** Whether a filter pattern can compare with the value. */
export function isComparable(value: unknown): value is Value {
  return value === null || typeof value === 'number' || typeof value === 'boolean' || isWord(value);
}

/** A text over several lines can hardly be written into a pattern, nor one as long as a pattern may be. */
function isWord(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length < LONGEST_PATTERN && !value.includes('\n');
}
