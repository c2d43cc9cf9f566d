import type { Fields, LogRecord } from '../log-record.js';
import { MORE } from './budget.js';
import { guarded, isError } from './guard.js';
import { freeName, lineName } from './names.js';
import { CUT, Reading, type Members, type Rules } from './reading.js';
import { errorBehind, setMember } from './view.js';

/** What a line has behind time and level, as plain data. */
export interface LineContent {
  readonly message: string;
  /** Each field under the name that the line has for it. */
  readonly members: Members;
  /** An upper bound of the bytes of the line. */
  readonly mostBytes: number;
}

/** Fields that have been read: they hold plain data under the names of the line. */
const readFields = new WeakSet<Fields>();

/** Time and level, with the names of their members. */
const HEAD_BYTES = 80;

/**
 * The one way in which a record becomes the members of a line.
 *
 * @param rules what is hidden
 * @param maxUnits room for texts, in UTF-16 units
 */
export function readContent({ message, fields }: LogRecord, rules?: Rules, maxUnits?: number): LineContent {
  const [only] = fields;
  if (fields.length === 1 && only && readFields.has(only)) {
    return { message, members: only, mostBytes: Infinity };
  }
  const reading = new Reading(rules, maxUnits);
  const text = String(reading.field('message', message));
  const line = new LineMembers();
  for (const each of fields) {
    if (readFields.has(each)) line.addAll(each);
    else if (!addFields(line, each, reading)) break;
  }
  // What was read before is not measured.
  const isMeasured = !fields.some((each) => readFields.has(each));
  const mostBytes = isMeasured ? reading.mostBytes + HEAD_BYTES : Infinity;
  return { message: text, members: reading.withoutSecretPair(line.members), mostBytes };
}

/** A record that is made of plain data and reads the same again, whatever the application does meanwhile. */
export function readRecord(
  record: LogRecord,
  content: Pick<LineContent, 'message' | 'members'> = readContent(record),
): LogRecord {
  readFields.add(content.members);
  const { timeMs, level } = record;
  return { timeMs, level, message: content.message, fields: [content.members] };
}

/** Says whether there was room. */
function addFields(line: LineMembers, fields: Fields, reading: Reading): boolean {
  const view = reading.members(fields);
  line.beginLayer();
  for (let index = 0; index < view.names.length; index++) {
    const key = view.names[index]!;
    const value = view.at(index);
    if (value === undefined) continue;
    const name = lineName(key, key === 'err' && isErrorLike(value));
    const shown = reading.fieldName(name);
    const read = reading.field(name, value);
    if (read === CUT) {
      line.add(MORE, MORE, `[cut: ${view.count - index} more fields]`);
      return false;
    }
    line.add(key, shown, read);
  }
  return true;
}

/** An error, or what a serializer of pino's made of one. */
function isErrorLike(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isError(value) || guarded(() => errorBehind(value), undefined) !== undefined;
}

interface Place {
  name: string;
  readonly layer: number;
}

/**
 * The members of a line, from all layers of a record. Of the fields of one key, the last one stays. Of two keys that want
 * the same name, such as `err` and `error`, both stay: the later layer has the name, in one layer an error or else the first
 * one, and the other one gets an underscore before it.
 */
class LineMembers {
  readonly members: Members = {};
  readonly #places = new Map<string, Place>();
  readonly #keys = new Map<string, string>();
  #layer = 0;

  beginLayer(): void {
    this.#layer++;
  }

  /** Fields that have the names of the line already. */
  addAll(fields: Fields): void {
    this.beginLayer();
    for (const name of Object.keys(fields)) this.add(name, name, fields[name]);
  }

  add(key: string, name: string, value: unknown): void {
    if (name === key && !mayCollide(name)) return setMember(this.members, name, value);
    const known = this.#places.get(key);
    if (known && known.name !== name) this.#leave(known.name);
    const holder = this.#keys.get(name);
    if (holder === undefined || holder === key) this.#put(key, name, value);
    else if (this.#gives(holder, key)) {
      this.#put(holder, this.#freeName(name), this.members[name]);
      this.#put(key, name, value);
    } else this.#put(key, this.#freeName(name), value);
  }

  /** Whether the holder of a name gives it to this key. */
  #gives(holder: string, key: string): boolean {
    const isLater = this.#places.get(holder)!.layer < this.#layer;
    return isLater || (key === 'err' && !isErrorMembers(this.members['error']));
  }

  #put(key: string, name: string, value: unknown): void {
    this.#places.set(key, { name, layer: this.#layer });
    this.#keys.set(name, key);
    setMember(this.members, name, value);
  }

  #leave(name: string): void {
    this.#keys.delete(name);
    delete this.members[name];
  }

  #freeName(name: string): string {
    return freeName(name, (free) => this.#keys.has(free));
  }
}

/** Whether a name may be wanted for another key, too. Of all other names, the last value simply stays. */
function mayCollide(name: string): boolean {
  return name.startsWith('_') || name === 'error' || name === 'err';
}

function isErrorMembers(value: unknown): boolean {
  const { type, message } = (value ?? {}) as Members;
  return typeof type === 'string' && message !== undefined;
}
