import { jsonErrorHint } from './json-error.js';
import type { Problem } from './problems.js';
import { PYTHON_REDACTION } from './python-redaction.js';
import { sections } from './sections.js';
import { withheld } from './withheld.js';

const prefixes = [
  ...Object.values(sections).flatMap((section): readonly string[] => section.prefixes),
  ...PYTHON_REDACTION,
];

/** Names of variables that hold a whole node of the settings. */
export function nodeNames(): ReadonlySet<string> {
  return new Set(
    prefixes.flatMap((prefix) => [...prefix.matchAll(/__/g)].map(({ index }) => prefix.slice(0, index))),
  );
}

/**
 * Replaces each variable that holds a whole node of the settings as JSON, such as
 * `FAPILOG_SINK_CONFIG='{"cloudwatch":{…}}'`, by the variables of its settings. A variable of a single setting wins over the node.
 */
export function expandJsonNodes(variables: ReadonlyMap<string, string>): {
  readonly variables: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
} {
  const expanded = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [name, value] of variables) {
    if (!isNode(name)) continue;
    const node = asObject(value);
    if (node) flatten(name, node, expanded);
    else problems.push(problemWith(name, value));
  }
  for (const [name, value] of variables) if (!isNode(name)) expanded.set(name, value);
  return { variables: expanded, problems };
}

/** Shows only the length and the place of the error: a whole document may hold secrets. */
function problemWith(name: string, text: string): Problem {
  return { where: name, value: withheld(text), allowed: `a JSON object of settings${jsonErrorHint(text)}` };
}

/** Whether a variable holds a whole node of the settings, by its upper-case name. */
export function isNode(name: string): boolean {
  return prefixes.some((prefix) => prefix.startsWith(`${name}__`));
}

function flatten(name: string, node: Readonly<Record<string, unknown>>, into: Map<string, string>): void {
  for (const [key, value] of Object.entries(node)) {
    const below = `${name}__${key.toUpperCase().replaceAll('-', '_')}`;
    const isInner = isNode(below) && typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isInner) flatten(below, value as Record<string, unknown>, into);
    else if (value !== null) into.set(below, typeof value === 'string' ? value : JSON.stringify(value));
  }
}

function asObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
