import { isFields } from '../../logger/given-fields.js';
import { textOf, type LogCall } from '../../logger/log-call.js';
import type { Fields } from '../../log-record.js';
import { guarded, isError, readable } from '../../serialize/guard.js';
import { freeName } from '../../serialize/names.js';
import type { Rules } from '../../serialize/reading.js';
import { copyOf, setMember } from '../../serialize/view.js';

/** What is used of a log record of LogTape 1 and 2. */
export interface LogTapeRecord {
  readonly category: readonly string[];
  readonly level: 'trace' | 'debug' | 'info' | 'warning' | 'error' | 'fatal';
  /** Texts of the template, and values between them. */
  readonly message: readonly unknown[];
  readonly rawMessage: string | readonly string[];
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly properties: Readonly<Record<string, unknown>>;
  /** LogTape 2.4 and later, where it is told to capture it. */
  readonly sourceLocation?:
    { readonly file: string; readonly line: number; readonly column: number } | undefined;
}

/** @param withTemplate whether the template of the message is a field, where it has placeholders */
export function readRecord(record: LogTapeRecord, rules: Rules | undefined, withTemplate: boolean): LogCall {
  const usual = withTemplate ? undefined : guarded(() => usualRecord(record), undefined);
  if (usual) return usual;
  const { category, sourceLocation } = record;
  const template = templateOf(record);
  // Values that LogTape reads late throw here.
  const parts = guarded(() => record.message, [template]);
  const message = parts.map((part, at) => (at % 2 === 0 ? String(part) : textOf(part, rules))).join('');
  const own = {
    ...(category.length > 0 && { logger: category.join('.') }),
    ...(withTemplate && template !== message && { messageTemplate: template }),
    ...(sourceLocation && { sourceLocation }),
  };
  const properties = readable(() => copyOf(record.properties));
  const fields = typeof properties === 'string' ? { properties } : (properties as Fields);
  return { message, fields: both(own, fields, errorIn(parts, fields)) };
}

/** Nearly all records: without values in the message, and with plain properties of other names. Reading those one by one takes longer. */
function usualRecord({ category, message, properties, sourceLocation }: LogTapeRecord): LogCall | undefined {
  const [text] = message;
  if (message.length !== 1 || typeof text !== 'string' || sourceLocation) return undefined;
  if (category.length === 0 || !isFields(properties) || 'logger' in properties) return undefined;
  return { message: text, fields: { logger: category.join('.'), ...properties } };
}

/** As the application wrote it; of a tagged template, with `{}` in place of the values. */
function templateOf({ rawMessage }: LogTapeRecord): string {
  return typeof rawMessage === 'string' ? rawMessage : rawMessage.join('{}');
}

/** An error in a tagged template is in no property. */
function errorIn(parts: readonly unknown[], fields: Fields): Fields {
  const known = Object.values(fields);
  const error = parts.find((part, at) => at % 2 === 1 && isError(part) && !known.includes(part));
  return error === undefined ? {} : { error };
}

/** All of them; those whose name is taken get an underscore. */
function both(first: Fields, ...others: readonly Fields[]): Fields {
  const all: Record<string, unknown> = { ...first };
  const isTaken = (name: string): boolean => Object.hasOwn(all, name);
  for (const fields of others) {
    for (const [name, value] of Object.entries(fields))
      setMember(all, isTaken(name) ? freeName(name, isTaken) : name, value);
  }
  return all;
}
