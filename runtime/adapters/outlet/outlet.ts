import { levelRank } from '../../../contract/levels.js';
import { assertNoProblems, type Problem } from '../../../contract/problems.js';
import { withEdges, type Caller } from '../../edges.js';
import { getLogger } from '../../logger/get-logger.js';
import { takeRecord, type GivenRecord } from '../../logger/given-record.js';
import type { Logger } from '../../logger/logger.js';
import type { LoggerAccount, LoggerHealth } from '../../logger/pipeline.js';
import { Settings } from '../../settings/settings.js';
import { CloudWatchSink } from '../../sink.js';
import type { CloseOptions, FlushOptions } from '../../sink-port.js';
import { outletChoice, type OutletChoice, type OutletOptions } from './outlet-options.js';

/** How long the end of an adapter waits for a logger of the application's, unless it is told. */
const END_DEADLINE_MS = 10_000;

/**
 * Where an adapter hands over the records of another logger: the pipeline of a logger, from enrichment and redaction to the sinks,
 * so that a setting means the same whatever logger the application has.
 */
export class Outlet {
  readonly #logger: Logger;
  readonly #isOwn: boolean;
  readonly #lowest: number;

  /**
   * @param of the name of the adapter, as a message has it
   * @param own names of its options that are not these
   * @param known what is wrong with those
   * @throws SettingsError naming every option and setting that is malformed or missing.
   */
  constructor(
    of: string,
    options: OutletOptions,
    own: readonly string[] = [],
    known: readonly Problem[] = [],
  ) {
    const { choice, problems } = outletChoice(of, options);
    const isOwnSink = problems.length === 0 && choice.logger === undefined && choice.sink !== undefined;
    if (!isOwnSink) assertNoProblems([...known, ...problems]);
    this.#logger = choice.logger ?? ownLogger(choice, { of, own: ['logger', ...own], problems: known });
    this.#isOwn = choice.logger === undefined;
    this.#lowest = levelRank[choice.level];
  }

  /** Answers at once and never throws. */
  write(record: GivenRecord): void {
    if (levelRank[record.level] >= this.#lowest) this.#logger[takeRecord](record);
  }

  /** Resolves once everything handed over so far is settled, or at the deadline. */
  flush(options?: FlushOptions): Promise<LoggerAccount> {
    return this.#logger.flush(options);
  }

  /**
   * Closes what was made here, and diverts at the deadline what is not delivered. A logger of the application's is only flushed: its
   * owner closes it.
   */
  end(options: CloseOptions = {}): Promise<LoggerAccount> {
    if (this.#isOwn) return this.#logger.close(options);
    return this.#logger.flush({ deadlineMs: END_DEADLINE_MS, ...options });
  }

  stats(): LoggerAccount {
    return this.#logger.stats();
  }

  /** The state of the sinks, by name. */
  health(): LoggerHealth {
    return this.#logger.health();
  }
}

function ownLogger({ sink }: OutletChoice, caller: Caller): Logger {
  if (sink === undefined) return getLogger({});
  const settings = new Settings({}, { env: sink.env });
  return getLogger({ settings, sinks: [new CloudWatchSink(withEdges(sink, { caller }))] });
}
