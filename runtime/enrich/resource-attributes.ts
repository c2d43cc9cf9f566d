import type { Environment } from '../../contract/codec.js';
import { guarded } from '../serialize/guard.js';
import { variable } from './variables.js';

/** What OTEL_RESOURCE_ATTRIBUTES says, as `name=value,name=value`; nothing where it is malformed. */
export function resourceAttributes(env: Environment): Readonly<Record<string, string | undefined>> {
  const pairs = (variable(env, 'OTEL_RESOURCE_ATTRIBUTES') ?? '').split(',').map((pair) => pair.split('='));
  return guarded(
    () =>
      Object.fromEntries(
        pairs
          .map(([name = '', value = '']) => [name.trim(), decodeURIComponent(value.trim())])
          .filter(([, value]) => value !== ''),
      ) as Record<string, string>,
    {},
  );
}
