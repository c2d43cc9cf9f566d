import type { Account } from '../../ack/ledger.js';
import type { SinkHealth } from '../../ack/health.js';
import type { LogRecord } from '../../log-record.js';
import { maskUrlCredentials } from '../../serialize/url-credentials.js';
import type { CloudWatchSink } from '../../sink.js';
import type { CloseOptions, FlushOptions, Sink } from '../../sink-port.js';

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

  close(options?: CloseOptions): Promise<Account> {
    return this.#sink.close(options);
  }

  stats(): Account {
    return this.#sink.stats();
  }

  health(): SinkHealth {
    return this.#sink.health();
  }
}
