import { EVENT_OVERHEAD_BYTES, MAX_EVENT_BYTES } from '../../contract/limits.js';
import { LEVELS, levelRank, type Level } from '../../contract/levels.js';
import type { LogEvent } from '../batch/log-event.js';
import type { Fields, LogRecord } from '../log-record.js';
import { MAX_REPEATED_VALUES } from './budget.js';
import { EscapedJson, EscapedWriter } from './escaped-writer.js';
import { EventHead } from './event-head.js';
import { mayBeHeaders } from './http-headers.js';
import { lineName } from './names.js';
import { MAX_DEPTH } from './reading.js';
import { mayHoldUrlCredentials } from './url-credentials.js';
import { isEmpty, isPlain } from './view.js';

/** A member's name, encoded with the comma before it and the colon behind it. */
interface Name {
  readonly key: string;
  readonly json: EscapedJson;
  /** Whether the line renames the member, or the engine sorts it elsewhere because its name is a number. */
  readonly isSpecial: boolean;
  /** Whether it, or its value, may hold a secret. */
  readonly isSecret: boolean;
  /** The last record that has it. */
  round: number;
}

/** Fields that cannot change, encoded. */
interface Constant {
  readonly json: EscapedJson;
  readonly names: readonly Name[];
}

/** The most names that are remembered, and the most UTF-16 units of one. A program with more makes names from data. */
const MAX_NAMES = 2_048;
const MAX_NAME_UNITS = 256;

/** The most bytes of fields that are remembered. Longer ones are encoded each time. */
const MAX_CONSTANT_BYTES = 16_384;

const COMMA_BYTES = 1;

/** Ends the line and the event. */
const TAIL = '}"}';
const EVENT_TAIL_BYTES = 2;

/**
 * Encodes ordinary records in one pass, to the same bytes as `JSON.stringify` of the line and then of the event, in a third of
 * the time. It refuses all others, for the slow path to encode: records with errors, instances of classes, functions, BigInt,
 * `toJSON`, a name that occurs twice, headers, a URL with credentials, very many values, or a line over the service's limit.
 */
export class EventEncoder {
  readonly #out = new EscapedWriter();
  readonly #names = new Map<string, Name>();
  /** Further names of this record. */
  readonly #strange = new Map<string, Name>();
  /** Frozen fields: encoded, or `changing` if they hold objects that are not frozen. */
  readonly #frozen = new WeakMap<Fields, Constant | 'changing'>();
  /** Names of the last record, in order. */
  readonly #sequence: Name[] = [];
  #position = 0;
  #values = 0;
  readonly #heads = Object.fromEntries(LEVELS.map((level) => [level, new EventHead(level)])) as Heads;
  #round = 0;

  /** Counts the records; the bytes of an event are those of the last one. */
  get turn(): number {
    return this.#round;
  }

  /**
   * Returns `undefined` for a record that needs the slow path, as all do that are over the service's limit. The next call may
   * overwrite the bytes of the event. Never throws.
   */
  encode(record: LogRecord): LogEvent | undefined {
    try {
      const event = this.#record(record) ? this.#event(record) : undefined;
      this.#out.clear();
      return event;
    } catch {
      // Perhaps a getter threw; the slow path marks its value.
      return undefined;
    }
  }

  #record({ timeMs, level, message, fields }: LogRecord): boolean {
    this.#round++;
    this.#position = 0;
    this.#values = 0;
    if (this.#strange.size > 0) this.#strange.clear();
    this.#out.clear();
    const head = this.#heads[level];
    head.moveTo(timeMs);
    if (!this.#out.piece(head.json) || !this.#value(message, 0)) return false;
    for (const each of fields) if (!this.#fieldsOf(each)) return false;
    return this.#out.ascii(TAIL);
  }

  #event({ level }: LogRecord): LogEvent | undefined {
    const { bytes: encoded, end: encodedBytes, added } = this.#out;
    const { timestamp, frameBytes } = this.#heads[level];
    const bytes = encodedBytes - frameBytes - EVENT_TAIL_BYTES - added + EVENT_OVERHEAD_BYTES;
    if (bytes > MAX_EVENT_BYTES) return undefined;
    return { timestamp, bytes, rank: levelRank[level], encoded, encodedBytes };
  }

  #fieldsOf(fields: Fields): boolean {
    const known = this.#frozen.get(fields);
    if (known === 'changing') return this.#members(fields);
    if (known) return this.#constant(known);
    return Object.isFrozen(fields) ? this.#learnFrozen(fields) : this.#members(fields);
  }

  #constant(constant: Constant): boolean {
    for (const name of constant.names) if (!this.#isFirst(name)) return false;
    return this.#out.piece(constant.json);
  }

  #learnFrozen(fields: Fields): boolean {
    const { end, added } = this.#out;
    const isSame = isConstant(fields);
    if (!isSame) this.#frozen.set(fields, 'changing');
    if (!this.#members(fields)) return false;
    // What is remembered is counted nowhere.
    if (!isSame || this.#out.end - end > MAX_CONSTANT_BYTES) return true;
    const bytes = Buffer.from(this.#out.bytes.subarray(end, this.#out.end));
    const there = Object.keys(fields).filter((key) => fields[key] !== undefined);
    const names = there.map((key) => this.#name(key));
    this.#frozen.set(fields, { json: new EscapedJson(bytes, this.#out.added - added), names });
    return true;
  }

  #members(fields: Fields): boolean {
    if (!isSelfContained(fields)) return false;
    let isBare = true;
    // The loop meets own members only: isSelfContained checked that.
    for (const key in fields) {
      isBare = false;
      const value = fields[key];
      if (value === undefined) continue;
      const name = this.#name(key);
      if (!this.#isFirst(name) || !this.#member(name, 0, value, 0)) return false;
    }
    return !isBare || isEmpty(fields);
  }

  #member(name: Name, from: number, value: unknown, depth: number): boolean {
    return !name.isSecret && this.#out.piece(name.json, from) && this.#value(value, depth);
  }

  /** Whether the name is new in this record. The slow path puts the later of two values in the earlier one's place. */
  #isFirst(name: Name): boolean {
    if (name.isSpecial || name.round === this.#round) return false;
    name.round = this.#round;
    return true;
  }

  /** Consecutive records often have the same names in the same order. */
  #name(key: string): Name {
    const expected = this.#sequence[this.#position++];
    if (expected !== undefined && expected.key === key) return expected;
    const known = this.#names.get(key);
    if (known && this.#position <= MAX_NAMES) this.#sequence[this.#position - 1] = known;
    return known ?? this.#strange.get(key) ?? this.#learnName(key);
  }

  #learnName(key: string): Name {
    const name: Name = {
      key,
      json: EscapedJson.of(`,${JSON.stringify(key)}:`),
      isSpecial: lineName(key) !== key || isDigit(key.charCodeAt(0)),
      isSecret: mayHoldUrlCredentials(key) || mayBeHeaders(key),
      round: 0,
    };
    const isRemembered = this.#names.size < MAX_NAMES && key.length <= MAX_NAME_UNITS;
    (isRemembered ? this.#names : this.#strange).set(key, name);
    return name;
  }

  #value(value: unknown, depth: number): boolean {
    switch (typeof value) {
      case 'string':
        return this.#out.string(value);
      case 'number':
        return Number.isFinite(value) ? this.#out.ascii(String(value)) : this.#out.string(String(value));
      case 'boolean':
        return this.#out.ascii(value ? 'true' : 'false');
      case 'object':
        return value === null ? this.#out.ascii('null') : this.#object(value, depth);
      default:
        return false;
    }
  }

  #object(value: object, depth: number): boolean {
    if (depth >= MAX_DEPTH) return false;
    if (Array.isArray(value)) return !('toJSON' in value) && this.#array(value, depth + 1);
    return isSelfContained(value) ? this.#nested(value, depth + 1) : this.#date(value);
  }

  #array(values: readonly unknown[], depth: number): boolean {
    this.#out.ascii('[');
    for (let index = 0; index < values.length; index++) {
      if (index > 0) this.#out.ascii(',');
      if (!this.#hasRoom() || !this.#value(values[index] ?? null, depth)) return false;
    }
    return this.#out.ascii(']');
  }

  #nested(members: Fields, depth: number): boolean {
    this.#out.ascii('{');
    let from = COMMA_BYTES;
    for (const key in members) {
      const value = members[key];
      if (value === undefined) continue;
      if (!this.#hasRoom() || !this.#member(this.#name(key), from, value, depth)) return false;
      from = 0;
    }
    return (from === 0 || isEmpty(members)) && this.#out.ascii('}');
  }

  /** Only the slow path counts repeated values; it is needed when there are more than may be repeated. */
  #hasRoom(): boolean {
    return ++this.#values < MAX_REPEATED_VALUES;
  }

  #date(value: object): boolean {
    const isOrdinary = Object.getPrototypeOf(value) === Date.prototype && !Object.hasOwn(value, 'toJSON');
    return isOrdinary && this.#out.string((value as Date).toISOString());
  }
}

type Heads = Readonly<Record<Level, EventHead>>;

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Whether a `for…in` loop meets own members only. */
function isSelfContained(value: object): value is Fields {
  if (!isPlain(value)) return false;
  for (const _ in Object.prototype) return false;
  return true;
}

/** Whether frozen fields can never change: no getter, and no object in them. */
function isConstant(fields: Fields): boolean {
  return Object.values(Object.getOwnPropertyDescriptors(fields)).every(
    (each) => 'value' in each && (typeof each.value !== 'object' || each.value === null),
  );
}
