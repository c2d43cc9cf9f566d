/** Codes of ASCII, and one that stands for all other characters. Patterns have ASCII only, so they treat those alike. */
export const OTHERS = 128;

/** What one place of a regular expression matches: whether it has each of the codes from 0 to {@link OTHERS}. */
export type CharacterSet = readonly boolean[];

export function setWhere(has: (code: number) => boolean): CharacterSet {
  return Array.from({ length: OTHERS + 1 }, (_, code) => has(code));
}

export function range(low: number, high: number): CharacterSet {
  return setWhere((code) => code >= low && code <= high);
}

export function union(sets: readonly CharacterSet[]): CharacterSet {
  return setWhere((code) => sets.some((set) => set[code]));
}

export function inverse(set: CharacterSet): CharacterSet {
  return setWhere((code) => !set[code]);
}

export function setOf(characters: string): CharacterSet {
  return setWhere((code) => code < OTHERS && characters.includes(String.fromCharCode(code)));
}
