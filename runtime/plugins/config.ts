import type { Problem } from '../../contract/problems.js';
import { isSecretName, withheld } from '../../contract/withheld.js';
import { reasonOf } from '../serialize/guard.js';
import type { StandardIssue, StandardResult, StandardSchema } from './definition.js';
import { canonicalName } from './name.js';
import { isThenable } from './thenable.js';

export type CheckedConfig = { readonly value: unknown } | { readonly problems: readonly Problem[] };

/**
 * The settings of a plugin, as somebody wrote them: under the first of its names that has any. Code may write a name in
 * camelCase, too. `{}` if there are none.
 */
export function configOf(foreign: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  for (const name of names) {
    const key = Object.keys(foreign).findLast((each) => isSpellingOf(name, each));
    if (key !== undefined) return foreign[key] ?? {};
  }
  return {};
}

/** Whether a key of `sinkConfig` or `filterConfig` means this canonical name. */
export function isSpellingOf(name: string, key: string): boolean {
  return canonicalName(key) === name || canonicalName(key.replace(/(?<=[a-z0-9])[A-Z]/g, '_$&')) === name;
}

/** Checks settings at once. A schema that takes its time is a problem here. */
export function checkConfig(
  schema: StandardSchema | undefined,
  config: unknown,
  where: string,
): CheckedConfig {
  if (!schema) return { value: config };
  const result = validated(schema, config);
  if (!isThenable(result)) return outcomeOf(result, config, where);
  // Nobody waits for its answer.
  Promise.resolve(result).catch(() => undefined);
  const allowed = 'settings whose schema answers at once; an asynchronous schema needs a package';
  return { problems: [{ where, value: withoutSecrets(config), allowed }] };
}

/** Checks settings with a schema that may take its time. */
export async function checkConfigLater(
  schema: StandardSchema | undefined,
  config: unknown,
  where: string,
): Promise<CheckedConfig> {
  if (!schema) return { value: config };
  return outcomeOf(await validated(schema, config), config, where);
}

type Result = StandardResult<unknown>;

function validated(schema: StandardSchema, config: unknown): Result | Promise<Result> {
  try {
    return schema['~standard'].validate(config);
  } catch (error) {
    return { issues: [{ message: `what its schema can check; it threw: ${reasonOf(error)}` }] };
  }
}

function outcomeOf(result: Result, config: unknown, where: string): CheckedConfig {
  if (!result.issues) return { value: result.value };
  return { problems: result.issues.map((issue) => problemOf(issue, config, where)) };
}

function problemOf({ message, path = [] }: StandardIssue, config: unknown, where: string): Problem {
  const keys = path.map((part) => (typeof part === 'object' ? part.key : part)).map(String);
  const value = keys.reduce<unknown>((node, key) => (node as Record<string, unknown> | null)?.[key], config);
  const isSecret = keys.some(isSecretName);
  return {
    where: [where, ...keys].join('.'),
    value: isSecret && value !== undefined ? withheld(value) : withoutSecrets(value),
    // Schemas like to repeat the value that they refuse.
    allowed: isSecret ? 'what the schema of the plugin says' : message,
  };
}

/** What is inside an object or a list is not known, so it is not shown. */
function withoutSecrets(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? `a list of ${value.length}` : `{${Object.keys(value).join(', ')}}`;
}
