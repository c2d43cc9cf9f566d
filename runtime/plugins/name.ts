import { shown } from '../../contract/problems.js';

export type PluginKind = 'sink' | 'filter';

/** Names of our own, which nobody else can take. */
export const builtinNames = {
  sink: ['cloudwatch', 'stdout_json', 'stdout_pretty', 'stderr_json', 'file'],
  filter: ['level', 'rate_limit', 'sampling', 'first_occurrence', 'size_guard'],
} as const satisfies Record<PluginKind, readonly string[]>;

/** The spelling in which names are compared: lower case, `-` is `_`. */
export function canonicalName(name: string): string {
  return name.trim().toLowerCase().replaceAll('-', '_');
}

export function isBuiltin(kind: PluginKind, name: string): boolean {
  return (builtinNames[kind] as readonly string[]).includes(canonicalName(name));
}

/** Why a sink or filter cannot have this name; `undefined` if it can. */
export function nameProblem(kind: PluginKind, name: unknown): string | undefined {
  if (typeof name !== 'string' || !/^[a-z][\w.-]*$/i.test(name)) {
    return `${shown(name)} is no name of a ${kind}; a letter, then letters, digits, "_", "-" and "." are`;
  }
  if (isBuiltin(kind, name)) return `"${name}" is the name of a built-in ${kind}; choose another`;
  return undefined;
}
