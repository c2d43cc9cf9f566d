import type { AccountRegion } from '../arns.js';
import { alreadyExists, deletionProtected, missingGroup } from '../service-error.js';
import type { Change, Commit, PutChange } from './change.js';
import type { GroupSettings } from './group-settings.js';
import type { InputLogEvent, StoredLogEvent } from './log-event.js';
import { LogGroup, type LogGroupIdentity } from './log-group.js';
import { LogStream } from './log-stream.js';
import type { QueryDefinition } from './query-definitions.js';

/** What the stores of a server share. */
export interface Shared {
  readonly commit: Commit;
  /** The number of the next event that arrives. */
  readonly nextArrival: () => number;
  readonly onStored: (stored: Stored) => void;
  readonly onRemoved: (group: LogGroup, events: readonly StoredLogEvent[]) => void;
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
  readonly #definitions = new Map<string, QueryDefinition>();
  readonly place: AccountRegion;
  readonly #shared: Shared;
  #calls = 0;

  constructor(place: AccountRegion, shared: Shared) {
    this.place = place;
    this.#shared = shared;
  }

  get groups(): readonly LogGroup[] {
    return [...this.#groups.values()];
  }

  createGroup({ name, ...identity }: Omit<LogGroupIdentity, 'place'>, settings: GroupSettings = {}): void {
    if (this.has(name)) throw alreadyExists('log group');
    this.#shared.commit({ op: 'createLogGroup', ...this.place, group: name, ...identity, settings });
  }

  deleteGroup(name: string): void {
    if (this.group(name).settings.isProtected) throw deletionProtected();
    this.#shared.commit({ op: 'deleteLogGroup', ...this.place, group: name });
  }

  has(name: string): boolean {
    return this.#groups.has(name);
  }

  group(name: string): LogGroup {
    const group = this.#groups.get(name);
    if (group === undefined) throw missingGroup();
    return group;
  }

  /** The log stream, if there is one. */
  streamAt(group: string, stream: string): LogStream | undefined {
    return this.#groups.get(group)?.find(stream);
  }

  groupByArn(arn: string): LogGroup {
    const group = this.groups.find((each) => each.arn === arn);
    if (group === undefined) throw missingGroup();
    return group;
  }

  /** Saved queries, by id. */
  get queryDefinitions(): ReadonlyMap<string, QueryDefinition> {
    return this.#definitions;
  }

  putQueryDefinition(definition: QueryDefinition): void {
    this.#shared.commit({ op: 'putQueryDefinition', ...this.place, definition });
  }

  deleteQueryDefinition(queryDefinitionId: string): void {
    this.#shared.commit({ op: 'deleteQueryDefinition', ...this.place, queryDefinitionId });
  }

  /** The changes that lead to this state, without the events. */
  changes(): readonly Change[] {
    const definitions = [...this.#definitions.values()].map((definition): Change => ({
      op: 'putQueryDefinition',
      ...this.place,
      definition,
    }));
    return [...this.groups.flatMap((group) => group.changes()), ...definitions];
  }

  /** Stores the `kept` events of a call; `call` has all that were sent. */
  put(
    group: LogGroup,
    stream: LogStream,
    call: readonly InputLogEvent[],
    kept: readonly InputLogEvent[],
    nowMs: number,
  ): void {
    const address = { ...this.place, group: group.identity.name, stream: stream.name };
    const facts = { ingestionTime: nowMs, arrival: this.#shared.nextArrival(), events: kept };
    if (kept.length > 0) this.#shared.commit({ op: 'putLogEvents', ...address, ...facts });
    const { metricFilters = [], subscriptionFilters = [] } = group.settings;
    group.filters.count([...metricFilters, ...subscriptionFilters], kept);
    this.#calls += 1;
    const expectedToken = `4${String(this.#calls).padStart(55, '0')}`;
    stream.sequence = { expectedToken, previousToken: stream.sequence?.expectedToken, lastCall: call };
  }

  /**
   * Makes a change that is allowed and kept.
   *
   * @throws ServiceError if what it is about does not exist
   */
  apply(change: Change): void {
    switch (change.op) {
      case 'createLogGroup':
        this.#groups.set(change.group, this.#groupOf(change));
        break;
      case 'changeLogGroup':
        this.group(change.group).applySettings(change.settings);
        break;
      case 'deleteLogGroup':
        this.#removeGroup(this.group(change.group));
        break;
      case 'createLogStream':
        this.group(change.group).addStream(streamOf(change));
        break;
      case 'deleteLogStream':
        this.#removeStream(this.group(change.group), change.stream);
        break;
      case 'putQueryDefinition':
        this.#definitions.set(change.definition.queryDefinitionId, change.definition);
        break;
      case 'deleteQueryDefinition':
        this.#definitions.delete(change.queryDefinitionId);
        break;
      case 'putLogEvents':
        this.#append(change);
    }
  }

  #groupOf({ group, creationTime, logGroupClass, settings }: Change & { op: 'createLogGroup' }): LogGroup {
    const identity = { name: group, place: this.place, creationTime, logGroupClass };
    return new LogGroup(identity, settings, this.#shared.commit);
  }

  #removeGroup(group: LogGroup): void {
    for (const { name } of group.streams) this.#removeStream(group, name);
    this.#groups.delete(group.identity.name);
  }

  #removeStream(group: LogGroup, name: string): void {
    const events = group.stream(name).removeBefore(Number.POSITIVE_INFINITY);
    group.removeStream(name);
    this.#shared.onRemoved(group, events);
  }

  #append(change: PutChange): void {
    const group = this.group(change.group);
    const stream = group.stream(change.stream);
    const { ingestionTime, arrival } = change;
    const events = change.events.map(({ timestamp, message }, index) => {
      return { timestamp, message, ingestionTime, arrival: arrival + index };
    });
    stream.append(events);
    this.#shared.onStored({ place: this.place, group, stream, events });
  }
}

function streamOf({
  stream,
  creationTime,
  lastIngestionTime,
}: Change & { op: 'createLogStream' }): LogStream {
  const created = new LogStream(stream, creationTime);
  created.lastIngestionTime = lastIngestionTime;
  return created;
}
