import type { Fields } from '../log-record.js';
import { isError } from '../serialize/guard.js';
import { httpShape } from '../serialize/http-shapes.js';
import { CUT, Reading } from '../serialize/reading.js';
import { copyOf, setMember } from '../serialize/view.js';
import { givenFields, isFields } from './given-fields.js';
import { serialized, type Serializers } from './serializers.js';

/**
 * Copies the fields of a child logger, so that later changes of the application's objects do not reach its lines. Errors are not
 * copied, since sinks ask for their class. An object without members becomes the field `value`.
 */
export function boundFields(given: object, serializers?: Serializers): Fields {
  const reading = new Reading();
  return mapped(serialized(fieldsFrom(given), serializers), (name, value) => {
    if (typeof value !== 'object' || value === null || isError(value)) return value;
    const read = reading.field(name, value);
    return read === CUT ? '[cut]' : read;
  });
}

/** Copies the fields of a context, but not plain objects in them, which may be filled as work goes on. */
export function contextFieldsOf(given: object): Fields {
  return mapped(fieldsFrom(given), (_, value) => settled(value));
}

function mapped(fields: Fields, valueOf: (name: string, value: unknown) => unknown): Fields {
  const members: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) setMember(members, name, valueOf(name, value));
  return Object.freeze(members);
}

function fieldsFrom(given: object | null | undefined): Fields {
  if (given === undefined || given === null) return {};
  return copyOf(givenFields(given) ?? { value: given });
}

/** Reads requests and responses at once: later, a request has neither socket nor address. */
function settled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isFields(value)) return value;
  return httpShape(value) ?? value;
}
