import { targetKey, type Target } from '../batch/target.js';

/**
 * The tokens of endpoints that are older than 2023, one for each stream. The service ignores tokens since then, and none
 * is sent until an endpoint demands one; from then on each call carries the token that the one before it handed out.
 */
export class SequenceTokens {
  /** Streams whose endpoint demands tokens; a fresh stream expects none. */
  readonly #next = new Map<string, string | undefined>();

  /** The token of the next call; `undefined` for none. */
  next(target: Target): string | undefined {
    return this.#next.get(targetKey(target));
  }

  /** The endpoint refused a call and said which token it expects. */
  demanded(target: Target, token: string | undefined): void {
    this.#next.set(targetKey(target), token);
  }

  /** A call was taken. */
  handedOut(target: Target, token: string | undefined): void {
    if (this.#next.has(targetKey(target))) this.demanded(target, token);
  }
}
