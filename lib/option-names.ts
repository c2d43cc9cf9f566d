import { nearest } from '../contract/nearest.js';
import type { Problem } from '../contract/problems.js';
import { cloudWatchSettings } from '../contract/settings/cloudwatch.js';

/** The names of all options of a type: the compiler finds one that is missing, and one too many. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/** Problems of options that no type has. TypeScript rules most of them out, JavaScript does not. */
export function unknownOptions(
  options: object,
  names: Readonly<Record<string, true>>,
  where: string,
): Problem[] {
  const what = where.endsWith(': props') ? 'prop' : 'option';
  return Object.entries((options as object | null) ?? {})
    .filter(([key, value]) => value !== undefined && !Object.hasOwn(names, key))
    .map(([key, value]) => ({
      where: `${where}.${key}`,
      value: value as unknown,
      allowed: `no such ${what}; ${hintFor(key, Object.keys(names))}`,
    }));
}

function hintFor(key: string, known: readonly string[]): string {
  const meant =
    known.find((each) => isBeginning(each, key)) ?? nearest(key === 'level' ? 'logLevel' : key, known);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  if (known.includes('settings') && Object.hasOwn(cloudWatchSettings, key))
    return `did you mean settings: { ${key} }?`;
  return `there are ${known.join(', ')}`;
}

/** Half of the letters at the least, as `retention` is of `retentionInDays`. */
function isBeginning(short: string, long: string): boolean {
  return long.startsWith(short) && short.length * 2 >= long.length;
}
