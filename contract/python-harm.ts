import type { Section } from './sections.js';

/**
 * What a setting does to Python's fapilog, as the end of a sentence that begins with “Python’s fapilog”; `undefined` if it
 * does no harm.
 *
 * @param value as checked, not as given
 * @param given the values of the section that somebody set
 */
export function pythonHarm(
  section: Section,
  key: string,
  value: unknown,
  given: Readonly<Record<string, unknown>> = {},
): string | undefined {
  const { harm, isHarmful = () => true } = section.rows[key]!.python;
  return harm !== undefined && isHarmful(value, given) ? harm : undefined;
}
