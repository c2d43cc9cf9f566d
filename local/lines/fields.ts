/** Members of a JSON line. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a JSON line, `undefined` of any other. */
export function parseFields(message: string): Fields | undefined {
  if (!/^\s*\{/.test(message)) return undefined;
  try {
    return JSON.parse(message) as Fields;
  } catch {
    return undefined;
  }
}
