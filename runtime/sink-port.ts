import type { SinkHealth } from './ack/health.js';
import type { Account } from './ack/ledger.js';
import type { LogRecord } from './log-record.js';

export interface FlushOptions {
  /** Milliseconds after which the account is handed out, whatever is not delivered. @default - no limit */
  readonly deadlineMs?: number | undefined;
  /**
   * What becomes of events that the sink for CloudWatch Logs has not delivered at the deadline. With `keep` they are still pending,
   * and are delivered later. With `divert` they go where events go that are left at the end of a process: to the spool, else to
   * stderr, for a process that may never run again, as one of AWS Lambda between invocations. A call under way is aborted; if the
   * service stores its events all the same, they are in both places.
   *
   * @default 'keep'
   */
  readonly leftover?: 'keep' | 'divert' | undefined;
}

export interface CloseOptions {
  /**
   * Milliseconds after which what is not delivered is diverted.
   *
   * @default - `shutdownDeadlineSeconds` of the sink for CloudWatch Logs, 10 seconds for others
   */
  readonly deadlineMs?: number | undefined;
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
