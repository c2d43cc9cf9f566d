import type { Account } from './ack/ledger.js';
import type { Stages } from './assemble.js';
import type { Target } from './batch/target.js';
import type { OversizeAction } from './serialize/events.js';

/** What became of the log events, where they went and what it took. */
export interface DeliveryReport extends Account {
  /** Log group that the events went to. */
  readonly logGroupName: string;
  /** Log stream that the events went to. */
  readonly logStreamName: string;
  /** PutLogEvents calls made, retries included. */
  readonly calls: number;
  /** Records that were over the service's size limit, by what was done about it. */
  readonly oversize: Readonly<Record<OversizeAction, number>>;
  /** Bytes of memory that pending events take, as `maxQueueBytes` counts them. */
  readonly pendingBytes: number;
  /** Events that processes which are gone left in the spool, and which this one has accepted in their place. */
  readonly adopted: number;
  /** Bytes of this process's part of the spool, whether their events are pending too or not. */
  readonly spoolBytes: number;
  /** Whether delivery is paused (`open`), trying (`halfOpen`) or neither. */
  readonly circuitBreaker: 'closed' | 'open' | 'halfOpen';
}

/** The account of a sink as of now. */
export function reportOf(
  { calls, intake, ledger, room, send, spool }: Stages,
  { logGroupName, logStreamName }: Target,
): DeliveryReport {
  const { bytes: pendingBytes, events: pending } = room.held;
  return {
    ...ledger.account(pending, spool?.events),
    logGroupName,
    logStreamName,
    calls: calls(),
    oversize: intake.oversize,
    pendingBytes,
    adopted: spool?.adopted ?? 0,
    spoolBytes: spool?.bytes ?? 0,
    circuitBreaker: send.breaker.state,
  };
}
