import { MAY_LOSE_DIGITS, withExactNumbers } from './exact-numbers.js';

/** The service discovers this many fields of a JSON event at most (documented). */
const MAX_FIELDS = 200;

/** A value of JSON that is a field: null, and an object or array without members, is none. */
type FieldValue = string | number | boolean;

/** An object without objects and arrays in it, and not more members than there may be fields: its members are its fields. */
export type FlatFields = Readonly<Record<string, FieldValue | null>>;

/** The fields of a JSON message by their paths, such as `error.type` and `items.0.id`; none for another message. */
export function discoveredFields(message: string): Map<string, string> {
  const found = discoveredValues(message);
  const fields = found instanceof Map ? found : new Map(Object.entries(found));
  return new Map(
    [...fields]
      .filter(([, value]) => value !== null)
      .map(([path, value]) => [path, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** The fields as values. An object that is flat, as most lines of loggers are, is handed out as it is. */
export function discoveredValues(message: string): ReadonlyMap<string, FieldValue> | FlatFields {
  if (!message.startsWith('{')) return new Map();
  const root = parsed(message);
  return isFlat(root) ? root : fieldsOf(root);
}

/** `null` for a text that is no JSON. */
function parsed(message: string): unknown {
  try {
    const root: unknown = JSON.parse(message);
    return MAY_LOSE_DIGITS.test(message) ? JSON.parse(withExactNumbers(message)) : root;
  } catch {
    return null;
  }
}

function isFlat(root: unknown): root is FlatFields {
  if (root === null) return false;
  const values = Object.values(root as object);
  return values.length <= MAX_FIELDS && values.every((value) => typeof value !== 'object' || value === null);
}

interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** Keeps the places ahead in a list: a line may be nested more deeply than functions can call themselves. */
function fieldsOf(root: unknown): Map<string, FieldValue> {
  const fields = new Map<string, FieldValue>();
  const ahead: Place[] = [{ path: '', value: root }];
  for (let next = ahead.pop(); next !== undefined && fields.size < MAX_FIELDS; next = ahead.pop()) {
    const { path, value } = next;
    if (typeof value === 'object') for (const member of membersOf(path, value)) ahead.push(member);
    else fields.set(path, value as FieldValue);
  }
  return fields;
}

/** The last one first, so that the first one is taken next. */
function membersOf(path: string, value: object | null): Place[] {
  return Object.entries(value ?? {})
    .map(([name, member]: [string, unknown]) => ({
      path: path === '' ? name : `${path}.${name}`,
      value: member,
    }))
    .toReversed();
}
