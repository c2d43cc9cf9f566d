import { Ledger, type Account } from '../../ack/ledger.js';
import type { SinkHealth } from '../../ack/health.js';
import type { LogRecord } from '../../log-record.js';
import { maskUrlCredentials } from '../../serialize/url-credentials.js';
import type { CloudWatchSink } from '../../sink.js';
import type { FlushOptions, Sink } from '../../sink-port.js';

/** Writes the message of a record as the whole line: the way of text that a format or a formatter of winston has made. */
export class TextLines implements Sink {
  readonly name = 'cloudwatch';
  readonly #sink: CloudWatchSink;

  constructor(sink: CloudWatchSink) {
    this.#sink = sink;
  }

  write({ timeMs, level, message }: LogRecord): void {
    this.#sink.writeLine({ timeMs, level, line: maskUrlCredentials(message) });
  }

  flush(options?: FlushOptions): Promise<Account> {
    return this.#sink.flush(options);
  }

  /** The sink is closed by the logger of the records. */
  close(): Promise<Account> {
    return Promise.resolve(this.stats());
  }

  /** Nothing: the lines are in the account of the sink, which the logger of the records has. */
  stats(): Account {
    return new Ledger().account(0);
  }

  health(): SinkHealth {
    return this.#sink.health();
  }
}
