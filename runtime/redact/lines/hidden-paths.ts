import type { JsonNode, ObjectNode } from './json-nodes.js';

/** A part of a path: a name, or a name or an index in brackets, with or without quotes. */
const PART = /([^.[\]]+)|\[(?:"([^"]*)"|'([^']*)'|([^\]]*))\]/g;

const ANY = '*';

/** The parts of a path such as `orders[*].iban`, as `@pinojs/redact` reads it. */
export function partsOf(path: string): string[] {
  return Array.from(path.matchAll(PART), ([, ...parts]) => parts.find((part) => part !== undefined)!);
}

/** Finds the values at these paths, of each member where several have one name. */
export function valuesAt(line: ObjectNode, paths: readonly (readonly string[])[]): JsonNode[] {
  const found: JsonNode[] = [];
  collect(line, paths, found);
  return found;
}

function collect(node: JsonNode, paths: readonly (readonly string[])[], found: JsonNode[]): void {
  for (const [name, value] of entriesOf(node)) {
    const behind = paths.filter(([first]) => first === ANY || first === name).map(([, ...rest]) => rest);
    if (behind.some(({ length }) => length === 0)) found.push(value);
    else if (behind.length > 0) collect(value, behind, found);
  }
}

function entriesOf(node: JsonNode): (readonly [string, JsonNode])[] {
  if (node.kind === 'object') return node.members.map(({ name, value }) => [name.text, value]);
  return node.kind === 'list' ? node.items.map((item, index) => [String(index), item]) : [];
}
