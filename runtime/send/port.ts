import type { RejectedEntityInfo, RejectedLogEventsInfo } from './rejections.js';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Target } from '../batch/target.js';
import type { CallBody } from './compression.js';

/** What the service answered to a put, as far as the sink reads it. */
export interface PutAnswer {
  /** Proof that the service itself answered. */
  readonly requestId?: string | undefined;
  readonly rejectedLogEventsInfo?: RejectedLogEventsInfo | undefined;
  readonly rejectedEntityInfo?: RejectedEntityInfo | undefined;
  /** Only endpoints older than 2023 mean something by it. */
  readonly nextSequenceToken?: string | undefined;
}

/** A body, and its batch, by which a port knows which batch is under way. */
export interface PutBody extends CallBody {
  readonly batch?: EncodedBatch | undefined;
}

/** The four calls that the sink can make. They reject with the SDK's or Node's own errors. */
export interface LogsPort {
  putLogEvents(target: Target, body: PutBody, signal: AbortSignal): Promise<PutAnswer>;
  createLogStream(target: Target, signal: AbortSignal): Promise<void>;
  createLogGroup(target: Target, signal: AbortSignal): Promise<void>;
  putRetentionPolicy(target: Target, retentionInDays: number, signal: AbortSignal): Promise<void>;
  /** Ends idle connections. */
  close(): void;
}
