import type { Fields } from '../log-record.js';
import { isError, readable } from '../serialize/guard.js';
import { membersOf } from '../serialize/view.js';

/** Functions that replace the value of a field by its name, as in pino. The one for `err` gets errors, also under `error`. */
export type Serializers = Readonly<Record<string, (value: any) => unknown>>; // oxlint-disable-line typescript/no-explicit-any -- as pino has it

/** Applies the serializers to fields. The result of one that throws is a mark. */
export function serialized(fields: Fields, serializers: Serializers | undefined): Fields {
  if (!serializers) return fields;
  const isThere = (name: string): boolean => readable(() => fields[name]) !== undefined;
  const chosen = Object.keys(fields).filter(
    (name) => serializerOf(name, fields, serializers) && isThere(name),
  );
  if (chosen.length === 0) return fields;
  const all: Record<string, unknown> = { ...membersOf(fields) };
  for (const name of chosen) {
    const serializer = serializerOf(name, all, serializers);
    all[name] = readable(() => serializer?.(all[name]));
  }
  return all;
}

function serializerOf(
  name: string,
  fields: Fields,
  serializers: Serializers,
): Serializers[string] | undefined {
  const own = Object.hasOwn(serializers, name) ? serializers[name] : undefined;
  if (own || name !== 'error') return own;
  return Object.hasOwn(serializers, 'err') && isError(readable(() => fields[name]))
    ? serializers['err']
    : undefined;
}
