import type { Measured } from './measured.js';
import { sharesIn } from './shrunk-value.js';

/**
 * Names of the members that are cut, at two levels. A deeper value, or one in an array, is named by the member that holds it.
 */
export function cutNames(owner: Measured, granted: readonly number[], within?: string): string[] {
  return owner.names!.flatMap((member, index) => {
    const name = within === undefined ? member : `${within}.${member}`;
    const share = granted[index]!;
    if (share === owner.sizes[index]) return owner.isDeep(index) ? [name] : [];
    const inner = share > 0 && within === undefined ? owner.inner(index) : undefined;
    return inner?.names ? cutNames(inner, sharesIn(inner, share - owner.overhead(index)), name) : [name];
  });
}
