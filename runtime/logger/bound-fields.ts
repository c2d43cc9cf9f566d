import type { Fields } from '../log-record.js';
import { guarded, isError } from '../serialize/guard.js';
import { httpShape } from '../serialize/http-shapes.js';
import { CUT, Reading } from '../serialize/reading.js';
import { membersOf, setMember } from '../serialize/view.js';
import { givenFields } from './given-fields.js';
import { serialized, type Serializers } from './serializers.js';

/**
 * Fields of a child logger, as they are now, whatever the application does with their objects: nobody can change them any
 * more. Errors stay themselves, since sinks ask for their class. Whatever is given has fields: what has no members is the
 * field `value`.
 */
export function boundFields(given: object, serializers?: Serializers): Fields {
  const reading = new Reading();
  return mapped(serialized(fieldsFrom(given), serializers), (name, value) => {
    if (typeof value !== 'object' || value === null || isError(value)) return value;
    const read = reading.field(name, value);
    return read === CUT ? '[cut]' : read;
  });
}

/** Fields of a context: the objects in them may be filled as work goes on. Requests are written down at once. */
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
  return membersOf(givenFields(given) ?? { value: given }) ?? {};
}

/** Later, a request has neither socket nor address. */
function settled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const isPlain = guarded(() => Object.getPrototypeOf(value) === Object.prototype, false);
  return isPlain ? value : (httpShape(value) ?? value);
}
