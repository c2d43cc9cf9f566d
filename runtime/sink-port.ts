import type { SinkHealth } from './ack/health.js';
import type { Account } from './ack/ledger.js';
import type { LogRecord } from './log-record.js';

/** Options of `flush`. */
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

/** Options of `close`. */
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
  /** Names the sink in `health` of the logger and in reports. */
  readonly name: string;
  /** Answers at once and never throws. */
  write(record: LogRecord): void;
  /** Sends what waits. Resolves to the account once what was taken before is settled, or at the deadline. */
  flush(options?: FlushOptions): Promise<Account>;
  /** Takes no more, and resolves to the account once everything is settled, at the deadline at the latest. */
  close(options?: CloseOptions): Promise<Account>;
  /** The account as of now. */
  stats(): Account;
  /** Whether a producer who can wait should wait. */
  readonly needsDrain?: boolean;
  /** Resolves once `needsDrain` is false. */
  ready?(): Promise<void>;
  /** How the sink does, without asking anybody. */
  health?(): SinkHealth;
}
