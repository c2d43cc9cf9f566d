import type { AccountRegion } from '../arns.js';
import { alreadyExists, deletionProtected, missingGroup } from '../service-error.js';
import { countedBytes, type InputLogEvent, type StoredLogEvent } from './log-event.js';
import { LogGroup, type LogGroupIdentity } from './log-group.js';
import type { LogStream } from './log-stream.js';

/** What the stores of a server share: one count of the events that arrived, and those who listen. */
export interface Intake {
  /** The number of the next event that arrives. */
  readonly nextArrival: () => number;
  readonly onStored: (stored: Stored) => void;
}

/** Events that a call stored. */
export interface Stored {
  readonly place: AccountRegion;
  readonly group: LogGroup;
  readonly stream: LogStream;
  readonly events: readonly StoredLogEvent[];
}

/** Log groups of one account in one Region, by name. Nothing here awaits, so parallel calls cannot interleave. */
export class Store {
  readonly #groups = new Map<string, LogGroup>();
  readonly place: AccountRegion;
  readonly #intake: Intake;
  #calls = 0;

  constructor(place: AccountRegion, intake: Intake) {
    this.place = place;
    this.#intake = intake;
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
    const events = kept.map((event) => this.#stored(event, nowMs));
    stream.append(events);
    group.storedBytes += kept.reduce((sum, { message }) => sum + countedBytes(message), 0);
    this.#calls += 1;
    const expectedToken = `4${String(this.#calls).padStart(55, '0')}`;
    stream.sequence = { expectedToken, previousToken: stream.sequence?.expectedToken, lastCall: call };
    if (events.length > 0) this.#intake.onStored({ place: this.place, group, stream, events });
  }

  #stored({ timestamp, message }: InputLogEvent, ingestionTime: number): StoredLogEvent {
    return { timestamp, message, ingestionTime, arrival: this.#intake.nextArrival() };
  }
}
