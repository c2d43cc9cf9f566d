import { InvalidArgumentError } from 'commander';

/**
 * A blank option is a variable of a script that is not set, and would mean something else: `--host ""` is every address.
 *
 * @throws InvalidArgumentError for a blank text
 */
export function parseText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is blank.');
  return text;
}

/** Adds the text of an option that may be given again. */
export function collectText(text: string, previous: readonly string[] = []): string[] {
  return [...previous, parseText(text)];
}

/**
 * Adds NAME=VALUE of an option that may be given again.
 *
 * @throws InvalidArgumentError with what is allowed
 */
export function collectAssignment(
  text: string,
  previous: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new InvalidArgumentError('Allowed: NAME=VALUE.');
  return { ...previous, [text.slice(0, equals)]: text.slice(equals + 1) };
}
