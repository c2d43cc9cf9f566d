import { type CharacterSet, OTHERS } from './character-set.js';

/** A character of a set, `least` to `most` times. */
export interface Atom {
  readonly set: CharacterSet;
  readonly least: number;
  readonly most: number;
}

/** A sequence of atoms, which may have to begin at the start of a text, or to finish at its end. */
export interface Alternative {
  readonly isAtStart: boolean;
  readonly isAtEnd: boolean;
  readonly atoms: readonly Atom[];
}

/** States that are kept. Others are computed for each character, so that memory is bounded. */
const MAX_STATES = 1_024;

/**
 * A state of the search: the positions in the pattern at which the characters so far may have arrived, one bit each.
 */
interface State {
  readonly positions: bigint;
  readonly isMatch: boolean;
  readonly isMatchAtEnd: boolean;
  /** States that follow, by the class of the next character, once they were computed. */
  readonly next: (State | undefined)[];
}

/** Positions that an expression has: one for each repetition of an atom, and one at the end of each alternative. */
export function positionsOf(alternatives: readonly Alternative[]): number {
  return alternatives
    .flatMap(({ atoms }) => atoms)
    .reduce((sum, atom) => sum + placesOf(atom), alternatives.length);
}

function placesOf({ least, most }: Atom): number {
  return Number.isFinite(most) ? most : Math.max(least, 1);
}

/**
 * A regular expression that takes a bounded time for each character, whatever the pattern. `RegExp` goes back and tries
 * again: it would look for `.*.*.*x` in a long line without an x for hours.
 */
export class LinearRegex {
  /** Positions where the search begins: anew at each character, and at the start of the text. */
  #anywhere = 0n;
  #atStart = 0n;
  /** Positions whose character may be absent, and may occur again. */
  #skippable = 0n;
  #repeatable = 0n;
  /** Positions that are a match, at once or at the end of the text. */
  #done = 0n;
  #doneAtEnd = 0n;
  /** The set of each position; the position after an alternative has none. */
  readonly #sets: (CharacterSet | undefined)[] = [];
  /** The class of each code. Codes of a class are in the same sets. */
  readonly #classes: Uint8Array;
  /** Positions that take a character of each class. */
  readonly #takers: readonly bigint[];
  readonly #states = new Map<string, State>();
  readonly #start: State;

  constructor(alternatives: readonly Alternative[]) {
    for (const alternative of alternatives) this.#addAlternative(alternative);
    const takers = Array.from({ length: OTHERS + 1 }, (_, code) => this.#takersOf(code));
    this.#takers = [...new Set(takers)];
    this.#classes = Uint8Array.from(takers, (positions) => this.#takers.indexOf(positions));
    this.#start = this.#stateAt(this.#closure(this.#atStart | this.#anywhere));
  }

  /** Whether the expression occurs in the text. */
  matches(text: string): boolean {
    let state = this.#start;
    for (let index = 0; index < text.length && !state.isMatch; index += 1) {
      const code = text.charCodeAt(index);
      // The second half of a pair: the character counted with the first.
      if ((code & 0xfc00) === 0xdc00) continue;
      const characters = this.#classes[Math.min(code, OTHERS)]!;
      state = state.next[characters] ?? this.#follow(state, characters);
    }
    return state.isMatch || state.isMatchAtEnd;
  }

  #addAlternative({ isAtStart, isAtEnd, atoms }: Alternative): void {
    const start = this.#nextBit();
    if (isAtStart) this.#atStart |= start;
    else this.#anywhere |= start;
    for (const atom of atoms) this.#addAtom(atom);
    if (isAtEnd) this.#doneAtEnd |= this.#nextBit();
    else this.#done |= this.#nextBit();
    this.#sets.push(undefined);
  }

  #addAtom(atom: Atom): void {
    for (let place = 0; place < placesOf(atom); place += 1) {
      if (place >= atom.least) this.#skippable |= this.#nextBit();
      if (place === placesOf(atom) - 1 && atom.most === Number.POSITIVE_INFINITY) {
        this.#repeatable |= this.#nextBit();
      }
      this.#sets.push(atom.set);
    }
  }

  #nextBit(): bigint {
    return 1n << BigInt(this.#sets.length);
  }

  #takersOf(code: number): bigint {
    return this.#sets.reduce((sum, set, place) => (set?.[code] ? sum | (1n << BigInt(place)) : sum), 0n);
  }

  #follow(state: State, characters: number): State {
    const taken = state.positions & this.#takers[characters]!;
    const positions = this.#closure((taken << 1n) | (taken & this.#repeatable) | this.#anywhere);
    const next = this.#stateAt(positions);
    if (this.#states.size < MAX_STATES) state.next[characters] = next;
    return next;
  }

  /**
   * Adds the positions that are reached by skipping: in a run of skippable positions, the carry of the sum goes from the
   * lowest that is set to the position after the run.
   */
  #closure(positions: bigint): bigint {
    return positions | (((positions & this.#skippable) + this.#skippable) ^ this.#skippable);
  }

  #stateAt(positions: bigint): State {
    const key = positions.toString(32);
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const isMatch = (positions & this.#done) !== 0n;
    const isMatchAtEnd = (positions & this.#doneAtEnd) !== 0n;
    const state: State = { positions, isMatch, isMatchAtEnd, next: [] };
    if (this.#states.size < MAX_STATES) this.#states.set(key, state);
    return state;
  }
}
