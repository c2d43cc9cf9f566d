import { needStack } from '../io/stack.js';
import type { Fields, LogRecord } from '../log-record.js';
import { isError } from '../serialize/guard.js';
import { CUT, Reading } from '../serialize/reading.js';
import { setMember } from '../serialize/view.js';

/** A record as it was when it was taken. */
export interface Snapshot {
  readonly record: LogRecord;
  /** About the number of characters of its line. */
  readonly characters: number;
}

/**
 * Copies a record that has to wait, so that later changes to its objects do not show. An error stays an error of its class,
 * because sinks check for that; every other field is as the line has it.
 */
export function snapshot(record: LogRecord): Snapshot {
  needStack('aRecord');
  const reading = new Reading();
  const fields = record.fields.map((each) => copyOf(each, reading));
  return { record: { ...record, fields }, characters: record.message.length + reading.characters };
}

function copyOf(fields: Fields, reading: Reading): Fields {
  const view = reading.members(fields);
  const copy: Record<string, unknown> = {};
  for (const [index, name] of view.names.entries()) {
    const value = view.at(index);
    const shown = reading.fieldName(name);
    const read = reading.field(name, value);
    const isRead = typeof read === 'object' && read !== null;
    setMember(
      copy,
      shown,
      isError(value) && isRead ? errorAsRead(value, read) : read === CUT ? '[cut]' : read,
    );
  }
  return copy;
}

/** Members that an error has and does not show. */
const HIDDEN = new Set(['message', 'stack', 'cause', 'errors', 'name', 'toJSON']);

/** An error of the same class with the members that were read. It has no `toJSON`, which would show others. */
function errorAsRead(error: Error, members: object): Error {
  const copy = Object.create(Object.getPrototypeOf(error) as object) as Error;
  const { type, ...others } = members as Record<string, unknown>;
  for (const [name, value] of Object.entries({ name: type, ...others, toJSON: undefined })) {
    Object.defineProperty(copy, name, {
      value,
      enumerable: !HIDDEN.has(name),
      writable: true,
      configurable: true,
    });
  }
  return copy;
}
