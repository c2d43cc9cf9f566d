import { Ledger, type Account } from '../../runtime/ack/ledger.js';
import { getLogger } from '../../runtime/logger/get-logger.js';
import type { Logger } from '../../runtime/logger/logger.js';
import type { LogRecord } from '../../runtime/log-record.js';
import { formatLine } from '../../runtime/serialize/line.js';
import { Settings } from '../../runtime/settings/settings.js';
import type { Sink } from '../../runtime/sink-port.js';

/** A log line as its reader sees it. */
export type Line = Readonly<Record<string, unknown>>;

/** Keeps the line of every record, made within the log call as the real sink does. */
export class MemorySink implements Sink {
  readonly name: string;
  readonly records: LogRecord[] = [];
  readonly lines: string[] = [];
  needsDrain = false;
  flushes = 0;
  closes = 0;
  readonly #ledger = new Ledger();

  constructor(name = 'memory') {
    this.name = name;
  }

  write(record: LogRecord): void {
    this.#ledger.accepted++;
    this.records.push(record);
    this.lines.push(formatLine(record));
    this.#ledger.deliver(1);
  }

  /** The lines, parsed. */
  get logged(): Line[] {
    return this.lines.map((line) => JSON.parse(line) as Line);
  }

  /** The lines without time and level. */
  get told(): Line[] {
    return this.logged.map((line) =>
      Object.fromEntries(Object.entries(line).filter(([key]) => key !== 'timestamp' && key !== 'level')),
    );
  }

  async flush(): Promise<Account> {
    this.flushes++;
    return this.stats();
  }

  async close(): Promise<Account> {
    this.closes++;
    return this.stats();
  }

  stats(): Account {
    return this.#ledger.account(0);
  }
}

/** A logger as an application makes it, on a memory sink and away from the environment. */
export function memoryLogger(logLevel: 'trace' | 'info' | 'error' = 'trace'): {
  readonly logger: Logger;
  readonly sink: MemorySink;
} {
  const sink = new MemorySink();
  const settings = new Settings({ core: { logLevel, enrich: false } }, { env: {} });
  return { logger: getLogger({ settings, sinks: [sink] }), sink };
}
