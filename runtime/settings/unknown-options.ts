import { hintFor, nearest } from '../../contract/nearest.js';
import type { Problem } from '../../contract/problems.js';
import { sectionNames, sections, type Section } from '../../contract/sections.js';
import { asMapping } from './document.js';

/** The problem of options of a sink that are no object. `of` is the call that takes them. */
export function shapeProblems(of: string, options: unknown): Problem[] {
  if (asMapping(options)) return [];
  return [{ where: `${of}: options`, value: options, allowed: 'options such as { logGroupName }' }];
}

/** Problems of options that are in nobody's type. `of` is the call that takes them. */
export function unknownOptions(of: string, options: object, known: readonly string[]): Problem[] {
  return Object.entries(options)
    .filter(([key]) => !known.includes(key))
    .map(([key, value]) => ({
      where: `${of}: options.${key}`,
      value: value as unknown,
      allowed: `no such option; ${hintFor(key, known, meantBy(key, known))}`,
    }));
}

function meantBy(key: string, known: readonly string[]): string | undefined {
  return nearest(key, known) ?? (known.includes('settings') ? settingMeant(key) : undefined);
}

/** The setting that an option most probably means, as code writes it: `settings: { core: { logLevel } }`. */
function settingMeant(option: string): string | undefined {
  const paths = sectionNames.flatMap((name) => {
    const { rows, path }: Section = sections[name];
    const [outer, ...inner] = path.filter((part) => part !== undefined);
    return [[outer!], [outer!, ...inner], ...Object.keys(rows).map((key) => [outer!, ...inner, key])];
  });
  const key = option === 'level' ? 'logLevel' : option;
  const meant = nearest(
    key,
    paths.map((path) => path.at(-1)!),
  );
  const path = paths.find((each) => each.at(-1) === meant);
  return path && `settings: ${nested(path)}`;
}

function nested(path: readonly string[]): string {
  return path.reduceRight((inner, key) => `{ ${key}${inner && `: ${inner}`} }`, '');
}
