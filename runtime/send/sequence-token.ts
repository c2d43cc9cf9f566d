import { targetKey, type Target } from '../batch/target.js';

/**
 * The token of endpoints that are older than 2023. The service ignores tokens since then, and none is sent until an
 * endpoint demands one; from then on each call carries the token that the one before it handed out.
 */
export class SequenceToken {
  #demanded = false;
  #next: string | undefined;

  get isDemanded(): boolean {
    return this.#demanded;
  }

  /** The token of the next call; `undefined` for none. */
  get next(): string | undefined {
    return this.#next;
  }

  /** The endpoint refused a call and said which token it expects; a fresh stream expects none. */
  expected(token: string | undefined): void {
    this.#demanded = true;
    this.#next = token;
  }

  /** A call was taken. */
  handedOut(token: string | undefined): void {
    if (this.#demanded) this.#next = token;
  }
}

/** Each stream has tokens of its own. */
export class SequenceTokens {
  readonly #tokens = new Map<string, SequenceToken>();

  of(target: Target): SequenceToken {
    const key = targetKey(target);
    const token = this.#tokens.get(key) ?? new SequenceToken();
    this.#tokens.set(key, token);
    return token;
  }
}
