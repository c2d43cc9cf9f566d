import type { RejectedLogEventsInfo } from '../ack/rejections.js';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Target } from '../batch/target.js';

/** What the service answered to a put, as far as the sink reads it. */
export interface PutAnswer {
  /** Proof that the service itself answered. */
  readonly requestId?: string | undefined;
  readonly rejectedLogEventsInfo?: RejectedLogEventsInfo | undefined;
}

/** The three calls that the sink can make. They reject with the SDK's or Node's own errors. */
export interface LogsPort {
  putLogEvents(batch: EncodedBatch, signal: AbortSignal): Promise<PutAnswer>;
  createLogStream(target: Target, signal: AbortSignal): Promise<void>;
  createLogGroup(target: Target, signal: AbortSignal): Promise<void>;
  /** Ends idle connections. */
  close(): void;
}
