import type { LoggerAccount } from '../../logger/pipeline.js';
import { guarded } from '../../serialize/guard.js';
import type { CloseOptions, FlushOptions } from '../../sink-port.js';
import type { Destination } from './destination.js';
import { together } from './together.js';

/**
 * The destinations of a transport, one after the other: winston closes a transport that is removed from its logger, and it may be
 * added again. Their account is one.
 */
export class Destinations {
  readonly #open: () => Destination;
  /** Whether a destination goes on after its end, as a logger of the application's does. */
  readonly #isLasting: boolean;
  readonly #ending = new Set<Destination>();
  #current: Destination;
  #isEnded = false;
  /** The account of those that have ended. */
  #past: LoggerAccount | undefined;

  /** @throws SettingsError naming every option and setting that is malformed or missing. */
  constructor(open: () => Destination, isLasting: boolean) {
    this.#open = open;
    this.#isLasting = isLasting;
    this.#current = open();
  }

  /** The destination for the next record: a new one after the end. If there can be none, the old one counts it as dropped. */
  get current(): Destination {
    if (this.#isEnded) guarded(() => this.#reopen(), undefined);
    return this.#current;
  }

  #reopen(): void {
    const next = this.#open();
    const last = this.#current;
    this.#current = next;
    this.#isEnded = false;
    this.#ending.add(last);
    void last.end().then(() => this.#settle(last));
  }

  #settle(last: Destination): void {
    this.#ending.delete(last);
    const account = last.stats();
    this.#past = this.#past ? together([account, this.#past]) : account;
  }

  async flush(options?: FlushOptions): Promise<LoggerAccount> {
    await Promise.all([this.#current, ...this.#ending].map((each) => each.flush(options)));
    return this.stats();
  }

  async end(options?: CloseOptions): Promise<void> {
    this.#isEnded = !this.#isLasting;
    await this.#current.end(options).catch(() => undefined);
  }

  stats(): LoggerAccount {
    const ending = [...this.#ending].map((each) => each.stats());
    return together([this.#current.stats(), ...ending, ...(this.#past ? [this.#past] : [])]);
  }
}
