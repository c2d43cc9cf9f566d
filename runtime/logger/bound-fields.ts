import type { Fields } from '../log-record.js';
import { guarded } from '../serialize/guard.js';
import { httpShape } from '../serialize/http-shapes.js';
import { membersOf, setMember } from '../serialize/view.js';
import { givenFields } from './given-fields.js';
import { serialized, type Serializers } from './serializers.js';

/**
 * Fields that many lines carry, as they are now: nobody can change them any more, and a request among them is written down,
 * since later it has neither socket nor address. Whatever is given has fields: what has no members is the field `value`.
 */
export function boundFields(given: object, serializers?: Serializers): Fields {
  const members: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(serialized(fieldsFrom(given), serializers))) {
    setMember(members, name, settled(value));
  }
  return Object.freeze(members);
}

function fieldsFrom(given: object | null | undefined): Fields {
  if (given === undefined || given === null) return {};
  return membersOf(givenFields(given) ?? { value: given }) ?? {};
}

function settled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const isPlain = guarded(() => Object.getPrototypeOf(value) === Object.prototype, false);
  return isPlain ? value : (httpShape(value) ?? value);
}
