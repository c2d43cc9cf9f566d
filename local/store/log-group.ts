import type { AccountRegion } from '../arns.js';
import { alreadyExists, deletionProtected, missingStream } from '../service-error.js';
import type { StoredLogEvent } from './log-event.js';
import { LogStream } from './log-stream.js';

const DAY_MS = 86_400_000;

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'ESSENTIALS' | 'DELIVERY';

/** Properties of a log group that never change. */
export interface LogGroupIdentity {
  readonly name: string;
  readonly place: AccountRegion;
  readonly creationTime: number;
  readonly logGroupClass: LogGroupClass;
}

/** A field index policy, as it was put. */
export interface IndexPolicy {
  readonly policyDocument: string;
  readonly fields: readonly string[];
  readonly lastUpdateTime: number;
}

export class LogGroup {
  readonly identity: LogGroupIdentity;
  retentionInDays: number | undefined;
  isProtected = false;
  kmsKeyId: string | undefined;
  tags: Readonly<Record<string, string>> = {};
  indexPolicy: IndexPolicy | undefined;
  storedBytes = 0;
  readonly #streams = new Map<string, LogStream>();

  constructor(identity: LogGroupIdentity) {
    this.identity = identity;
  }

  get streams(): readonly LogStream[] {
    return [...this.#streams.values()];
  }

  createStream(name: string, creationTime: number): void {
    if (this.#streams.has(name)) throw alreadyExists('log stream');
    this.#streams.set(name, new LogStream(name, creationTime));
  }

  deleteStream(name: string): void {
    if (this.isProtected) throw deletionProtected();
    if (!this.#streams.delete(name)) throw missingStream();
  }

  stream(name: string): LogStream {
    const stream = this.#streams.get(name);
    if (stream === undefined) throw missingStream();
    return stream;
  }

  /** Time before which events are past the retention of the log group. */
  expiresBeforeMs(nowMs: number): number {
    return this.retentionInDays === undefined
      ? Number.NEGATIVE_INFINITY
      : nowMs - this.retentionInDays * DAY_MS;
  }

  visibleEvents(stream: LogStream, nowMs: number): readonly StoredLogEvent[] {
    const expiresBeforeMs = this.expiresBeforeMs(nowMs);
    return stream.events.filter(({ timestamp }) => timestamp >= expiresBeforeMs);
  }
}
