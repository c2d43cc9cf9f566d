/** Members that the line owns. A field of the same name is kept with an underscore before it. */
const OWN_MEMBERS = new Set(['timestamp', 'level', 'message']);

/** The name of a field in the line, which calls an error `error`, however the log call called it. */
export function lineName(key: string, isOfError = false): string {
  if (isOfError && key === 'err') return 'error';
  return OWN_MEMBERS.has(key) ? `_${key}` : key;
}

/** The name of a value whose own name is taken: with as many underscores before it as it needs. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = `_${name}`;
  while (isTaken(free)) free = `_${free}`;
  return free;
}
