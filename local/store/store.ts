import type { AccountRegion } from '../arns.js';
import { countedBytes, type InputLogEvent, type StoredLogEvent } from './log-event.js';
import { alreadyExists, deletionProtected, missingGroup, missingStream } from '../service-error.js';

const DAY_MS = 86_400_000;

/** State of a log stream at a legacy endpoint. The events of the last call are kept to recognize a repetition. */
export interface Sequence {
  readonly expectedToken: string;
  readonly previousToken: string | undefined;
  readonly lastCall: readonly InputLogEvent[];
}

export class LogStream {
  readonly name: string;
  readonly creationTime: number;
  lastIngestionTime: number | undefined;
  sequence: Sequence | undefined;
  #events: StoredLogEvent[] = [];
  #sorted = true;

  constructor(name: string, creationTime: number) {
    this.name = name;
    this.creationTime = creationTime;
  }

  append(events: readonly StoredLogEvent[]): void {
    for (const event of events) {
      this.#sorted &&= inOrder(this.#events.at(-1), event);
      this.#events.push(event);
      this.lastIngestionTime = event.ingestionTime;
    }
  }

  /** Events ordered by timestamp, then by arrival. */
  get events(): readonly StoredLogEvent[] {
    if (!this.#sorted) this.#events = this.#events.toSorted(compareEvents);
    this.#sorted = true;
    return this.#events;
  }
}

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';

/** Properties of a log group that never change. */
export interface LogGroupIdentity {
  readonly name: string;
  readonly place: AccountRegion;
  readonly creationTime: number;
  readonly logGroupClass: LogGroupClass;
  readonly kmsKeyId: string | undefined;
}

export class LogGroup {
  readonly identity: LogGroupIdentity;
  retentionInDays: number | undefined;
  isProtected = false;
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

/** Log groups of one account in one Region, by name. Nothing here awaits, so parallel calls cannot interleave. */
export class Store {
  readonly #groups = new Map<string, LogGroup>();
  readonly place: AccountRegion;
  #arrivals = 0;
  #calls = 0;

  constructor(place: AccountRegion) {
    this.place = place;
  }

  get groups(): readonly LogGroup[] {
    return [...this.#groups.values()];
  }

  createGroup(identity: Omit<LogGroupIdentity, 'place'>): LogGroup {
    if (this.#groups.has(identity.name)) throw alreadyExists('log group');
    const group = new LogGroup({ ...identity, place: this.place });
    this.#groups.set(identity.name, group);
    return group;
  }

  deleteGroup(name: string): void {
    if (this.group(name).isProtected) throw deletionProtected();
    this.#groups.delete(name);
  }

  group(name: string): LogGroup {
    const group = this.#groups.get(name);
    if (group === undefined) throw missingGroup();
    return group;
  }

  /** Stores the `kept` events of a call; `call` has all that were sent. */
  put(
    group: LogGroup,
    stream: LogStream,
    call: readonly InputLogEvent[],
    kept: readonly InputLogEvent[],
    nowMs: number,
  ): void {
    stream.append(kept.map((event) => this.#stored(event, nowMs)));
    group.storedBytes += kept.reduce((sum, { message }) => sum + countedBytes(message), 0);
    this.#calls += 1;
    const expectedToken = `4${String(this.#calls).padStart(55, '0')}`;
    stream.sequence = { expectedToken, previousToken: stream.sequence?.expectedToken, lastCall: call };
  }

  #stored({ timestamp, message }: InputLogEvent, ingestionTime: number): StoredLogEvent {
    this.#arrivals += 1;
    return { timestamp, message, ingestionTime, arrival: this.#arrivals };
  }
}

type Position = Pick<StoredLogEvent, 'timestamp' | 'arrival'>;

export function compareEvents(left: Position, right: Position): number {
  return left.timestamp - right.timestamp || left.arrival - right.arrival;
}

function inOrder(last: StoredLogEvent | undefined, next: StoredLogEvent): boolean {
  return last === undefined || compareEvents(last, next) < 0;
}
