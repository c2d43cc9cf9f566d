import { totalAccount, type Account } from '../ack/ledger.js';
import type { Diagnostics } from '../io/diagnostics.js';
import { reasonOf } from '../serialize/guard.js';
import type { LogRecord } from '../log-record.js';
import type { CloseOptions, FlushOptions, Sink } from '../sink-port.js';

/** The sinks that loggers share. */
export class Pipeline {
  readonly #sinks: readonly Sink[];
  readonly #diagnostics: Diagnostics;

  constructor(sinks: readonly Sink[], diagnostics: Diagnostics) {
    this.#sinks = sinks;
    this.#diagnostics = diagnostics;
  }

  /** A sink that throws, which ours do not, costs neither the application nor the other sinks anything. */
  write(record: LogRecord): void {
    for (const sink of this.#sinks) {
      try {
        sink.write(record);
      } catch (error) {
        this.#diagnostics.report('sink', `sink ${sink.name} threw: ${reasonOf(error)}`);
      }
    }
  }

  async flush(options?: FlushOptions): Promise<Account> {
    await Promise.all(this.#sinks.map((sink) => sink.flush(options)));
    return this.stats();
  }

  async close(options?: CloseOptions): Promise<Account> {
    await Promise.all(this.#sinks.map((sink) => sink.close(options)));
    return this.stats();
  }

  stats(): Account {
    const accounts = this.#sinks.map((sink) => sink.stats());
    const [only] = accounts;
    return accounts.length === 1 && only ? only : totalAccount(accounts);
  }

  get needsDrain(): boolean {
    return this.#sinks.some((sink) => sink.needsDrain === true);
  }

  async ready(): Promise<void> {
    await Promise.all(this.#sinks.map(async (sink) => sink.ready?.()));
  }
}
