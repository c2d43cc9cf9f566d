/** Members that the line owns. A field of the same name is kept with an underscore before it. */
const OWN_MEMBERS = new Set(['timestamp', 'level', 'message']);

/** The name of a field in the line, which calls an error `error`, however the log call called it. */
export function lineName(key: string, isOfError = false): string {
  if (isOfError && key === 'err') return 'error';
  return OWN_MEMBERS.has(key) ? `_${key}` : key;
}

/** Underscores that a name gets, before it gets a number. */
const MAX_UNDERSCORES = 8;

/** The name of a value whose own name is taken: with underscores before it, or with one and a number. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = name;
  for (let count = 1; count <= MAX_UNDERSCORES; count++) {
    free = `_${free}`;
    if (!isTaken(free)) return free;
  }
  for (let number = MAX_UNDERSCORES + 1; ; number++) {
    if (!isTaken(`_${name}_${number}`)) return `_${name}_${number}`;
  }
}
