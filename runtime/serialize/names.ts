/** Members that the line owns. A field of the same name gets an underscore. */
const OWN_MEMBERS = new Set(['timestamp', 'level', 'message']);

/** The name of a field in the line. An error under `err` is named `error`. */
export function lineName(key: string, isOfError = false): string {
  if (isOfError && key === 'err') return 'error';
  return OWN_MEMBERS.has(key) ? `_${key}` : key;
}

/** The most underscores before a name; the next free name has a number. */
const MAX_UNDERSCORES = 8;

/** A free name for a value whose own name is taken: with underscores before it, or with one underscore and a number. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  for (let count = 1; ; count++) {
    const free = count <= MAX_UNDERSCORES ? '_'.repeat(count) + name : `_${name}_${count}`;
    if (!isTaken(free)) return free;
  }
}
