/** The most names that are remembered. When they are more, all are forgotten: an application may generate names without end. */
const MAX_REMEMBERED = 1_000;

/** Longer names are computed each time, so that the memory is bounded in characters, too. */
const MAX_REMEMBERED_LENGTH = 256;

/** Dashes, underscores, and invisible characters: white space, zero-width and control characters. */
const PADDING = /[-_+\s\p{Cf}\p{Cc}]/gu;

/** Any other character that divides the parts of a flattened name. */
const DIVIDERS = /[^\p{L}\p{N}\p{M}\p{Cf}\p{Cc}\s_+-]+/u;

/** The part in a pair of brackets, with or without quotes. */
const IN_BRACKETS = /\[["']?([^[\]"']+)["']?\]/g;

/** A character encoded for a URL, once or more often, or for JSON. */
const ENCODED = /%(?:25)*([\da-f]{2})|(?<!\\)\\+u00([\da-f]{2})/gi;

/**
 * Makes a test whether a name is one of these. Case, `-`, `_` and padding do not matter. A name matches as a whole, never by a
 * part of a word. Of a flattened name such as `req.headers.cookie`, `user/password` or `user[password][0]`, the last part that is
 * no index counts, and each part in brackets.
 */
export function nameMatcher(names: readonly string[]): (name: string) => boolean {
  const known = new Set(names.map(canonical));
  const isKnown = (part: string): boolean => known.has(canonical(part));
  return remembering((name) => isKnown(name) || partsThatCount(name).some(isKnown));
}

function canonical(name: string): string {
  const letters = name.replaceAll(PADDING, '').toLowerCase();
  // The line writes `err` as `error`, so either name stands for both.
  return letters === 'err' ? 'error' : letters;
}

function partsThatCount(name: string): string[] {
  const plain = decoded(name);
  const parts = plain.split(DIVIDERS).filter((part) => !/^\d*$/.test(part));
  return [...parts.slice(-1), ...Array.from(plain.matchAll(IN_BRACKETS), ([, part]) => part!)];
}

function decoded(name: string): string {
  return name.replaceAll(ENCODED, (_, inUrl?: string, inJson?: string) =>
    String.fromCharCode(Number.parseInt(inUrl ?? inJson!, 16)),
  );
}

/** Caches a pure function, within bounds: log lines have the same few names again and again. */
export function remembering<Result>(compute: (name: string) => Result): (name: string) => Result {
  const remembered = new Map<string, Result>();
  return (name) => {
    if (remembered.has(name)) return remembered.get(name)!;
    const result = compute(name);
    if (name.length > MAX_REMEMBERED_LENGTH) return result;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(name, result);
    return result;
  };
}
