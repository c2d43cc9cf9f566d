import type { Account } from './ack/ledger.js';
import type { LogRecord } from './log-record.js';

export interface FlushOptions {
  /** Milliseconds after which the account is handed out with the rest still pending. @default - no limit */
  readonly deadlineMs?: number | undefined;
}

export interface CloseOptions {
  /**
   * Milliseconds after which what is not delivered is diverted.
   *
   * @default - `shutdownDeadlineSeconds` of the sink for CloudWatch Logs, 10 seconds for others
   */
  readonly deadlineMs?: number | undefined;
}

/** How a sink does, as far as it knows without asking anybody. */
export interface SinkHealth {
  /**
   * `degraded`: calls fail, and events wait for the next attempt; `failing`: delivery is paused, because calls failed in
   * a row.
   */
  readonly state: 'healthy' | 'degraded' | 'failing' | 'closed';
  /** Milliseconds since the epoch. */
  readonly lastSuccessMs?: number | undefined;
  readonly lastErrorMs?: number | undefined;
  readonly lastError?: string | undefined;
  /** For how long the oldest event has waited, in milliseconds; 0 if none waits. */
  readonly oldestPendingAgeMs?: number | undefined;
}

/** Where a logger writes. Whoever implements it settles every record it takes. */
export interface Sink {
  readonly name: string;
  /** Answers at once and never throws. */
  write(record: LogRecord): void;
  flush(options?: FlushOptions): Promise<Account>;
  close(options?: CloseOptions): Promise<Account>;
  stats(): Account;
  /** Whether a producer who can wait should wait. */
  readonly needsDrain?: boolean;
  ready?(): Promise<void>;
  health?(): SinkHealth;
}
