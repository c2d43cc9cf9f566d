import type { Problem } from '../../contract/problems.js';
import { snakeCase } from '../../contract/sections.js';
import { isSecretName, withheld } from '../../contract/withheld.js';
import { reasonOf } from '../serialize/guard.js';
import { isThenable, type StandardIssue, type StandardResult, type StandardSchema } from './definition.js';
import { canonicalName } from './registry.js';

/** Settings of a plugin that are not checked yet. */
export interface RawConfig {
  /** The path of the settings, for messages. */
  readonly where: string;
  readonly value: unknown;
}

/** The settings under the first of these names that has any; `{}` if none has. */
export function configOf(foreign: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  for (const name of names) {
    const key = Object.keys(foreign).findLast((each) => isSpellingOf(name, each));
    if (key !== undefined) return foreign[key] ?? {};
  }
  return {};
}

/** Whether a key of `sinkConfig` or `filterConfig` means this canonical name. Code may write it in camelCase. */
export function isSpellingOf(name: string, key: string): boolean {
  return [key, snakeCase(key)].some((each) => canonicalName(each) === name);
}

/** Checks settings at once, and returns the value for `create`. An asynchronous schema is a problem. */
export function checkConfig(
  schema: StandardSchema | undefined,
  config: RawConfig,
  problems: Problem[],
): unknown {
  if (!schema) return config.value;
  const result = validated(schema, config.value);
  if (!isThenable(result)) return outcomeOf(result, config, problems);
  // Nobody waits for its answer.
  Promise.resolve(result).catch(() => undefined);
  const allowed = 'settings whose schema answers at once; an asynchronous schema needs a package';
  problems.push({ where: config.where, value: shareable(config.value), allowed });
  return undefined;
}

/** Checks settings, and waits for an asynchronous schema. */
export async function checkConfigLater(
  schema: StandardSchema | undefined,
  config: RawConfig,
  problems: Problem[],
): Promise<unknown> {
  return schema ? outcomeOf(await validated(schema, config.value), config, problems) : config.value;
}

type Result = StandardResult<unknown>;

function validated(schema: StandardSchema, config: unknown): Result | Promise<Result> {
  try {
    return schema['~standard'].validate(config);
  } catch (error) {
    return { issues: [{ message: `settings that the schema can check; it threw: ${reasonOf(error)}` }] };
  }
}

function outcomeOf(result: Result, config: RawConfig, problems: Problem[]): unknown {
  if (!result.issues) return result.value;
  problems.push(...result.issues.map((issue) => problemOf(issue, config)));
  return undefined;
}

function problemOf({ message, path = [] }: StandardIssue, config: RawConfig): Problem {
  const keys = path.map((part) => (typeof part === 'object' ? part.key : part)).map(String);
  const value = keys.reduce<unknown>(
    (node, key) => (node as Record<string, unknown> | null)?.[key],
    config.value,
  );
  const isSecret = keys.some(isSecretName);
  return {
    where: [config.where, ...keys].join('.'),
    value: shareable(value, isSecret),
    // The message of a schema often repeats the value.
    allowed: isSecret ? 'what the schema of the plugin allows' : message,
  };
}

/** Withholds objects and lists, which may hold secrets. */
function shareable(value: unknown, isSecret = false): unknown {
  if (value === undefined || value === null) return value;
  return isSecret || typeof value === 'object' ? withheld(value) : value;
}
