/**
 * Finds a logical id by its beginning: the id itself, else the only one that starts with it. Without a beginning, the
 * only id.
 *
 * @throws Error if none or several match
 */
export function onlyResource(type: string, logicalIds: readonly string[], prefix = ''): string {
  if (logicalIds.includes(prefix)) return prefix;
  const candidates = logicalIds.filter((id) => id.startsWith(prefix));
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return only;
  const wanted = prefix === '' ? '' : ` with a logical id that starts with "${prefix}"`;
  const found = candidates.length === 0 ? 'none' : candidates.join(', ');
  throw new Error(`Expected one ${type}${wanted}, found ${found}.`);
}
