import type { Fields } from '../log-record.js';
import { heard } from '../io/quietly.js';
import { isError, readable } from '../serialize/guard.js';
import { copyOf } from '../serialize/view.js';

/** Functions that replace the value of a field by its name, as in pino. The one for `err` gets errors, also under `error`. */
export type Serializers = Readonly<Record<string, (value: any) => unknown>>; // oxlint-disable-line typescript/no-explicit-any -- as pino has it

/** Applies the serializers to fields. The result of one that throws is a mark. */
export function serialized(fields: Fields, serializers: Serializers | undefined): Fields {
  if (!serializers) return fields;
  let all: Record<string, unknown> | undefined;
  for (const name of Object.keys(fields)) {
    const serializer = serializerOf(name, fields, serializers);
    if (!serializer || readable(() => fields[name]) === undefined) continue;
    const members = (all ??= { ...copyOf(fields) });
    members[name] = readable(() => heard(serializer(members[name])));
  }
  return all ?? fields;
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
