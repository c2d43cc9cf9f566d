/** Levels of a value that are written. A line has room for 100,000, of which `JSON.stringify` runs out of stack. */
const DEEPEST = 100;

/** A value as JSON, on one line or indented. What is deeper than anybody reads is left out: `"…"`. */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(upTo(DEEPEST, value), null, indent);
}

function upTo(levels: number, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '…';
  if (Array.isArray(value)) return value.map((inner) => upTo(levels - 1, inner));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, upTo(levels - 1, inner)]));
}
