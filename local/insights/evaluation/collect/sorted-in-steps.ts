import type { Steps } from '../../../steps.js';

/** Items that are sorted, or merged, in one piece. */
const PIECE = 500;

/** As `toSorted`: items that are equal keep their order. */
export function* sortedInSteps<Item>(
  items: readonly Item[],
  order: (one: Item, other: Item) => number,
): Steps<Item[]> {
  let runs: Item[][] = [];
  for (let start = 0; start < items.length; start += PIECE) {
    runs.push(items.slice(start, start + PIECE).toSorted(order));
    yield;
  }
  while (runs.length > 1) {
    const merged: Item[][] = [];
    for (let index = 0; index < runs.length; index += 2)
      merged.push(yield* mergedInSteps(runs[index]!, runs[index + 1] ?? [], order));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergedInSteps<Item>(
  first: Item[],
  second: readonly Item[],
  order: (one: Item, other: Item) => number,
): Steps<Item[]> {
  if (second.length === 0 || order(first.at(-1)!, second[0]!) <= 0) return first.concat(second);
  const merged: Item[] = [];
  let [index, otherIndex] = [0, 0];
  while (index < first.length || otherIndex < second.length) {
    const isFirst =
      otherIndex === second.length ||
      (index < first.length && order(first[index]!, second[otherIndex]!) <= 0);
    merged.push(isFirst ? first[index++]! : second[otherIndex++]!);
    if (merged.length % PIECE === 0) yield;
  }
  return merged;
}
