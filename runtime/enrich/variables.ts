import type { Environment } from '../../contract/codec.js';
import type { ValuesOf } from '../../contract/sections.js';
import type { Fields } from '../log-record.js';

/** The value of a variable; blank is absent. */
export function variable(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** The fields that have a value, frozen so that the encoder encodes them only once. */
export function knownFields(fields: Fields): Fields {
  return Object.freeze(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
}

/**
 * The name of the service.
 *
 * @param enabled whether the environment may name it, where the settings do not
 */
export function serviceName(
  { service }: Pick<ValuesOf<'app'>, 'service'>,
  enabled: boolean,
  env: Environment,
): string | undefined {
  if (service !== undefined || !enabled) return service;
  return variable(env, 'OTEL_SERVICE_NAME') ?? variable(env, 'AWS_LAMBDA_FUNCTION_NAME');
}
