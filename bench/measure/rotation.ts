/**
 * Returns the items in the order of a repetition. Each item comes first now and then, so that none always follows the
 * same one.
 */
export function rotated<Item>(items: readonly Item[], repetition: number): readonly Item[] {
  if (items.length === 0) return items;
  const start = (repetition * 5) % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
