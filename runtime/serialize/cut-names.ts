import { isObject } from './part.js';

type Members = Readonly<Record<string, unknown>>;

/**
 * Names of the members that are not in the shortened line as they were, at two levels. A deeper value, or one in a list, is named by
 * the member that holds it.
 */
export function cutNames(whole: Members, cut: Members): string[] {
  return changedNames(whole, cut).flatMap((name) => {
    const [before, after] = [whole[name], cut[name]];
    if (!isObject(before) || !isObject(after)) return [name];
    return changedNames(before, after).map((inner) => `${name}.${inner}`);
  });
}

function changedNames(whole: Members, cut: Members): string[] {
  return Object.keys(whole).filter((name) => !isSame(whole[name], cut[name]));
}

/** Whatever fits stays the same value; an object is made anew if a part of it is preserved or essential. */
function isSame(before: unknown, after: unknown): boolean {
  return (
    before === after || (isObject(before) && isObject(after) && changedNames(before, after).length === 0)
  );
}
