import { Failure } from '../failure.js';

/** The log streams that are shown: all, those of these names, or those that begin so. */
export interface StreamChoice {
  readonly names: readonly string[] | undefined;
  readonly prefix: string | undefined;
}

/** Of FilterLogEvents and StartLiveTail (API). */
const MOST_NAMES = 100;

/**
 * What the values of `--stream` mean.
 *
 * @throws Failure if no call can ask for them
 */
export function streamChoice(values: readonly string[] = []): StreamChoice {
  const prefixes = values.filter((value) => value.endsWith('*'));
  if (values.length === 0 || values.includes('*')) return { names: undefined, prefix: undefined };
  for (const value of values) check(value);
  if (prefixes.length > 0 && values.length > 1)
    throw new Failure(
      `--stream ${values.join(' --stream ')}: the service takes names or one beginning, not both. Give one with * at its end, or names.`,
    );
  if (values.length > MOST_NAMES)
    throw new Failure(`--stream is given ${values.length} times. Allowed: ${MOST_NAMES} names.`);
  return prefixes[0] === undefined
    ? { names: values, prefix: undefined }
    : { names: undefined, prefix: prefixes[0].slice(0, -1) };
}

/** The API's pattern. */
function check(value: string): void {
  if (/^[^:*]{1,512}\*?$/.test(value)) return;
  throw new Failure(
    `--stream "${value}" cannot be the name of a log stream. Allowed: up to 512 characters without : and *, and * at the end for all that begin so.`,
  );
}
