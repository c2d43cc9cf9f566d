/** Names that are remembered; an application that makes up names all the time makes it forget them. */
const MAX_REMEMBERED = 1_000;

/** Whether a field's name is one of these: in any case, `-` and `_` left aside, and as a whole, never as a part. */
export function nameMatcher(names: readonly string[]): (name: string) => boolean {
  const known = new Set(names.map(canonical));
  return remembering((name) => known.has(canonical(name)));
}

function canonical(name: string): string {
  const letters = name.replaceAll(/[-_]/g, '').toLowerCase();
  // The line calls an error `error`, however the log call called it.
  return letters === 'err' ? 'error' : letters;
}

/** The function, which must be pure, with a bounded memory: log lines have the same few names again and again. */
export function remembering<Result>(compute: (name: string) => Result): (name: string) => Result {
  const remembered = new Map<string, Result>();
  return (name) => {
    if (remembered.has(name)) return remembered.get(name)!;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    const result = compute(name);
    remembered.set(name, result);
    return result;
  };
}
