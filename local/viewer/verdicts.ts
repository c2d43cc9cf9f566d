import type { StoredLogEvent } from '../store/log-event.js';

/** Numbers of arrival that share an array. */
const CHUNK = 65_536;
/** Arrays of one predicate: verdicts of 4,194,304 events, a byte each. */
const MAX_CHUNKS = 64;
/** Predicates that are remembered. */
const MAX_PREDICATES = 8;

const NO = 1;
const YES = 2;

/**
 * What a predicate says of messages, remembered by the number of the event's arrival. A message never changes, so a verdict holds
 * wherever its event is asked for, and a second walk over a million events takes milliseconds.
 */
export class Verdicts {
  readonly #predicate: (message: string) => boolean;
  readonly #chunks = new Map<number, Uint8Array>();

  constructor(predicate: (message: string) => boolean) {
    this.#predicate = predicate;
  }

  of({ arrival, message }: StoredLogEvent): boolean {
    const chunk = this.#chunk(Math.floor(arrival / CHUNK));
    const at = arrival % CHUNK;
    if (chunk[at] === 0) chunk[at] = this.#predicate(message) ? YES : NO;
    return chunk[at] === YES;
  }

  /** The events that arrived first are forgotten first, as in the store. */
  #chunk(number: number): Uint8Array {
    const known = this.#chunks.get(number);
    if (known !== undefined) return known;
    if (this.#chunks.size >= MAX_CHUNKS) this.#chunks.delete(Math.min(...this.#chunks.keys()));
    const chunk = new Uint8Array(CHUNK);
    this.#chunks.set(number, chunk);
    return chunk;
  }
}

/** The verdicts of the predicates that were asked for last. */
export class VerdictCache {
  readonly #known = new Map<string, Verdicts>();

  of(name: string, predicate: () => (message: string) => boolean): Verdicts {
    const verdicts = this.#known.get(name) ?? new Verdicts(predicate());
    this.#known.delete(name);
    this.#known.set(name, verdicts);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size > MAX_PREDICATES) this.#known.delete(oldest);
    return verdicts;
  }
}
