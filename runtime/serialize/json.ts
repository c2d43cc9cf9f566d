import { configure } from 'safe-stable-stringify';
import { readable } from './guard.js';

/** Levels of nesting that are kept of a value that JSON.stringify refuses. */
const MAX_DEPTH = 100;

let stringify: ReturnType<typeof configure> | undefined;

/** For cycles and BigInt. Keeps the order of members. Made with the first of them, which most programs never log. */
function tolerantStringify(value: unknown): string | undefined {
  stringify ??= configure({
    deterministic: false,
    circularValue: '[circular]',
    bigint: true,
    maximumDepth: MAX_DEPTH,
  });
  return stringify(value);
}

/** JSON of any value; always text, `null` for what JSON does not know. Never throws but for want of memory. */
export function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return tolerantJson(value);
  }
}

function tolerantJson(value: unknown): string {
  try {
    return tolerantStringify(value) ?? 'null';
  } catch {
    return tolerantStringify(readableCopy(value, new Map(), 0)) ?? 'null';
  }
}

/** A copy in which text stands wherever reading throws: the bad member costs itself, not its neighbours. */
function readableCopy(value: unknown, copies: Map<object, object>, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known) return known;
  if (depth > MAX_DEPTH) return '[nested too deeply]';
  return readable(() => {
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') return readableCopy(toJSON.call(value), copies, depth + 1);
    const copy = (Array.isArray(value) ? [] : Object.create(null)) as Record<string, unknown>;
    copies.set(value, copy);
    for (const key of Object.keys(value)) {
      copy[key] = readable(() => readableCopy(value[key as keyof typeof value], copies, depth + 1));
    }
    return copy;
  });
}
