import type { Fleet, Invocations } from '../../contract/fleet.js';

/** Processes that log all the time. */
export interface Processes extends Fleet {
  readonly kind: 'processes';
}

/** Lambda functions. A writer is an environment, which has a log stream of its own. */
export interface Functions extends Invocations {
  readonly kind: 'functions';
  readonly writers: number;
}

/** What an account allows in a Region, and what it takes for it. */
export interface Account {
  /** PutLogEvents calls a second. */
  readonly putQuota: number;
  /** PutLogEvents calls a second that other loggers make; 0 or more. */
  readonly otherCallsPerSecond: number;
  /** CreateLogStream calls a second. */
  readonly streamQuota: number;
  /** Dollars for a gigabyte, 1,000,000,000 bytes, that is ingested. */
  readonly pricePerGb: number;
}

/** What `plan` is asked. */
export interface Question {
  readonly load: Processes | Functions;
  readonly account: Account;
}
