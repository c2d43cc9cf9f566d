import { parseEnvironment } from '../../contract/codec.js';
import type { TemplateResolver } from '../../local/stack/template-resolver.js';
import { Failure } from '../failure.js';
import { type Caller, callerVariables, divertingVariables, type Variables } from './caller.js';
import type { Program } from './program.js';

export interface ProgramEnvironment {
  readonly env: Variables;
  /** Names of variables that were left out, because they would lead calls to AWS. */
  readonly leftOut: readonly string[];
}

/**
 * The environment of a program as a deployment would make it: what the template injects counts before what the shell has, and
 * the server's endpoint before both.
 */
export function programEnvironment(
  injected: Readonly<Record<string, string>>,
  { env, endpoint, caller }: { readonly env: Variables; readonly endpoint: string; readonly caller: Caller },
): ProgramEnvironment {
  const together = { ...env, ...injected, ...callerVariables(endpoint, caller) };
  const leftOut = divertingVariables(together);
  const kept = Object.entries(together).filter(([name]) => !leftOut.includes(name));
  return { env: Object.fromEntries(kept), leftOut };
}

/**
 * What the template injects into a program. The shell's value stands in where the template has none that is known here.
 *
 * @throws Failure that names all variables whose values only a deployment knows
 */
export function injectedVariables(
  resolver: TemplateResolver,
  { variables, secrets }: Program,
  env: Variables,
): Record<string, string> {
  const injected: Record<string, string> = {};
  const problems = secrets.filter((name) => env[name] === undefined).map((name) => `${name}: it is a secret`);
  for (const [name, given] of variables) {
    try {
      const value = resolver.value(given);
      if (value !== undefined) injected[name] = textOf(value);
    } catch (error) {
      if (env[name] === undefined) problems.push(`${name}: ${(error as Error).message}`);
    }
  }
  if (problems.length === 0) return injected;
  const lines = problems.map((problem) => `  ${problem}`);
  throw new Failure(
    `The template does not say what these variables are; set them in the environment, or parameters by --parameter NAME=VALUE:\n${lines.join('\n')}`,
  );
}

/** Whether the program leaves its lines to whoever reads its standard output, as Lambda does. */
export function writesToStdout(injected: Readonly<Record<string, string>>): boolean {
  const { sinks } = parseEnvironment(injected).settings.core;
  return sinks?.includes('stdout_json') === true && !sinks.includes('cloudwatch');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
