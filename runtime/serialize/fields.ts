import type { Fields, LogRecord } from '../log-record.js';
import { MORE } from './budget.js';
import { guarded, isError } from './guard.js';
import { freeName, lineName } from './names.js';
import { CUT, Reading, type Members, type Rules } from './reading.js';
import { errorBehind, setMember } from './view.js';

/** The content of a line behind time and level, as plain data. */
export interface LineContent {
  readonly message: string;
  /** The fields, under their names in the line. */
  readonly members: Members;
  /** An upper bound for the bytes of the line. */
  readonly mostBytes: number;
}

/** Fields made here, which hold plain data under their names in the line and need not be read again. */
const readFields = new WeakSet<Fields>();

/** Bytes of time and level with their names. */
const HEAD_BYTES = 80;

/**
 * Reads a record into the members of its line. Line, redaction, snapshots and size limits all use this.
 *
 * @param rules of redaction. @default - only credentials in URLs are hidden
 * @param maxUnits the most UTF-16 units of texts and names
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
  // Fields that were read before have not been measured.
  const isMeasured = !fields.some((each) => readFields.has(each));
  const mostBytes = isMeasured ? reading.mostBytes + HEAD_BYTES : Infinity;
  return { message: text, members: reading.withoutSecrets(line.members), mostBytes };
}

/** A record of plain data, which stays the same whatever the application does to its objects. */
export function readRecord(
  record: LogRecord,
  content: Pick<LineContent, 'message' | 'members'> = readContent(record),
): LogRecord {
  readFields.add(content.members);
  const { timeMs, level } = record;
  return { timeMs, level, message: content.message, fields: [content.members] };
}

/** Returns `false` when there is no more room. */
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

/** Whether a value is an error, or the result of pino's serializer for one. */
function isErrorLike(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isError(value) || guarded(() => errorBehind(value), undefined) !== undefined;
}

interface Place {
  name: string;
  readonly layer: number;
}

/**
 * Collects the members of a line from the layers of a record: child loggers, context, call. Of several fields with one key, the
 * last one stays. Of two keys with one name in the line, such as `err` and `error`, both stay. The later layer gets the name;
 * within a layer, an error gets it, or else the first field. The other one gets an underscore.
 */
class LineMembers {
  readonly members: Members = {};
  readonly #places = new Map<string, Place>();
  readonly #keys = new Map<string, string>();
  #layer = 0;

  beginLayer(): void {
    this.#layer++;
  }

  /** Adds fields that already have their names in the line. */
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

  /** Whether the holder of a name loses it to this key. */
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

/** Whether another key may have this name in the line, too. For all other names, the last value simply stays. */
function mayCollide(name: string): boolean {
  return name.startsWith('_') || name === 'error' || name === 'err';
}

function isErrorMembers(value: unknown): boolean {
  const { type, message } = (value ?? {}) as Members;
  return typeof type === 'string' && message !== undefined;
}
