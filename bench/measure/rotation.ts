/** The items in the order of a repetition: each starts it once in a while, so that none always comes after the same. */
export function rotated<Item>(items: readonly Item[], repetition: number): readonly Item[] {
  if (items.length === 0) return items;
  const start = (repetition * 5) % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
