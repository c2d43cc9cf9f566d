import type { Problem } from '../../../contract/problems.js';
import { withEdges } from '../../edges.js';
import { getLogger } from '../../logger/get-logger.js';
import type { GivenRecord } from '../../logger/given-record.js';
import type { Logger } from '../../logger/logger.js';
import type { LoggerAccount } from '../../logger/pipeline.js';
import { Settings } from '../../settings/settings.js';
import { CloudWatchSink } from '../../sink.js';
import type { CloseOptions, FlushOptions } from '../../sink-port.js';
import { Outlet } from '../outlet/outlet.js';
import type { OutletOptions } from '../outlet/outlet-options.js';
import { TextLines } from './text-lines.js';
import { together } from './together.js';
import { APART } from './transport-options.js';

const OF = 'new CloudWatchTransport';

/** Where a transport's records and texts go. */
export interface Destination {
  write(record: GivenRecord): void;
  /** Writes a record whose message is the whole line; `undefined` where lines are made by others. */
  writeText?(record: GivenRecord): void;
  flush(options?: FlushOptions): Promise<LoggerAccount>;
  end(options?: CloseOptions): Promise<LoggerAccount>;
  stats(): LoggerAccount;
}

/**
 * @param hasTexts whether there may be texts. They pass redaction and filters, as other records do
 * @param problems of the transport's own options
 * @throws SettingsError naming every option and setting that is malformed or missing.
 */
export function destinationOf(
  options: OutletOptions,
  hasTexts: boolean,
  problems: readonly Problem[],
): Destination {
  const isOwnSink = options.logger === undefined && Object.keys(options).length > 0;
  return hasTexts && isOwnSink ? new WithTexts(options, problems) : new Outlet(OF, options, APART, problems);
}

/** One sink behind two loggers: one for lines that are JSON, one for texts. */
class WithTexts implements Destination {
  readonly #ofRecords: Logger;
  readonly #ofTexts: Logger;
  readonly #records: Outlet;
  readonly #texts: Outlet;

  constructor(options: OutletOptions, problems: readonly Problem[]) {
    const caller = { of: OF, own: ['logger', ...APART], problems };
    const sink = new CloudWatchSink(withEdges(options as Omit<OutletOptions, 'level'>, { caller }));
    const settings = new Settings({}, { env: options.env });
    this.#ofRecords = getLogger({ settings, sinks: [sink] });
    this.#ofTexts = getLogger({ settings, sinks: [new TextLines(sink)] });
    this.#records = new Outlet(OF, { logger: this.#ofRecords });
    this.#texts = new Outlet(OF, { logger: this.#ofTexts });
  }

  write(record: GivenRecord): void {
    this.#records.write(record);
  }

  writeText(record: GivenRecord): void {
    this.#texts.write(record);
  }

  async flush(options?: FlushOptions): Promise<LoggerAccount> {
    await Promise.all([this.#ofTexts.flush(options), this.#ofRecords.flush(options)]);
    return this.stats();
  }

  /** Texts first: their filters may still hold some for the sink, which the other logger closes. */
  async end(options?: CloseOptions): Promise<LoggerAccount> {
    await this.#ofTexts.close(options);
    await this.#ofRecords.close(options);
    return this.stats();
  }

  stats(): LoggerAccount {
    return together([this.#ofRecords.stats(), this.#ofTexts.stats()]);
  }
}
