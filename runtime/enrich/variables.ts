import type { Environment } from '../../contract/codec.js';
import type { Fields } from '../log-record.js';

/** The value of a variable; blank is absent. */
export function variable(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** The fields that have a value, frozen so that the encoder encodes them only once. */
export function knownFields(fields: Fields): Fields {
  return Object.freeze(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
}
