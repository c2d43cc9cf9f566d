import type { PatternReader } from './pattern-reader.js';

const MAX_REGEXES = 2;
const MAX_WILDCARD_SELECTORS = 3;

/** Counts what a pattern may have only a few of (documented). */
export class Quota {
  readonly #reader: PatternReader;
  #regexes = 0;
  #wildcardSelectors = 0;

  constructor(reader: PatternReader) {
    this.#reader = reader;
  }

  get regexes(): number {
    return this.#regexes;
  }

  countRegex(): void {
    this.#regexes += 1;
    if (this.#regexes > MAX_REGEXES) {
      throw this.#reader.refusal(`no third regular expression: a filter pattern has at most ${MAX_REGEXES}`);
    }
  }

  countWildcardSelector(): void {
    this.#wildcardSelectors += 1;
    if (this.#wildcardSelectors > MAX_WILDCARD_SELECTORS) {
      throw this.#reader.refusal(
        `no fourth selector with a wildcard: a filter pattern has at most ${MAX_WILDCARD_SELECTORS}`,
      );
    }
  }
}
