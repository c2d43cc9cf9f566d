import { type AccountRegion, logGroupArn } from '../arns.js';
import { alreadyExists, deletionProtected, missingStream } from '../service-error.js';
import type { Change, Commit, GroupAddress } from './change.js';
import { GroupFilters } from './group-filters.js';
import type { GroupSettings, LogGroupClass } from './group-settings.js';
import { LogStream } from './log-stream.js';

const DAY_MS = 86_400_000;

/** Properties of a log group that never change. */
export interface LogGroupIdentity {
  readonly name: string;
  readonly place: AccountRegion;
  readonly creationTime: number;
  readonly logGroupClass: LogGroupClass;
}

export class LogGroup {
  readonly identity: LogGroupIdentity;
  storedBytes = 0;
  readonly filters = new GroupFilters();
  readonly #streams = new Map<string, LogStream>();
  readonly #commit: Commit;
  #settings: GroupSettings;

  constructor(identity: LogGroupIdentity, settings: GroupSettings, commit: Commit) {
    this.identity = identity;
    this.#settings = settings;
    this.#commit = commit;
  }

  /** Without the `:*` that `arn` of the API has. */
  get arn(): string {
    return logGroupArn(this.identity.place, this.identity.name);
  }

  /** Account and name, as the field `@log` has them: `123456789012:/myapp`. */
  get log(): string {
    const { place, name } = this.identity;
    return `${place.accountId}:${name}`;
  }

  get settings(): GroupSettings {
    return this.#settings;
  }

  get streams(): readonly LogStream[] {
    return [...this.#streams.values()];
  }

  /**
   * Changes these settings and leaves the others; `undefined` removes one.
   *
   * @throws ServiceError if the change cannot be kept
   */
  change(settings: GroupSettings): void {
    this.#commit({ op: 'changeLogGroup', ...this.#address, settings: { ...this.#settings, ...settings } });
  }

  createStream(name: string, creationTime: number): void {
    if (this.#streams.has(name)) throw alreadyExists('log stream');
    this.#commit({ op: 'createLogStream', ...this.#address, stream: name, creationTime });
  }

  deleteStream(name: string): void {
    if (this.settings.isProtected) throw deletionProtected();
    this.stream(name);
    this.#commit({ op: 'deleteLogStream', ...this.#address, stream: name });
  }

  stream(name: string): LogStream {
    const stream = this.find(name);
    if (stream === undefined) throw missingStream();
    return stream;
  }

  find(name: string): LogStream | undefined {
    return this.#streams.get(name);
  }

  /** Time before which events are past the retention of the log group. */
  expiresBeforeMs(nowMs: number): number {
    const { retentionInDays } = this.settings;
    return retentionInDays === undefined ? Number.NEGATIVE_INFINITY : nowMs - retentionInDays * DAY_MS;
  }

  /** For {@link Store.apply} only, as the two below. */
  applySettings(settings: GroupSettings): void {
    this.#settings = settings;
  }

  addStream(stream: LogStream): void {
    this.#streams.set(stream.name, stream);
  }

  removeStream(name: string): void {
    this.#streams.delete(name);
  }

  /** The changes that lead to this log group, without its events. */
  changes(): readonly Change[] {
    const { creationTime, logGroupClass } = this.identity;
    const facts = { creationTime, logGroupClass, settings: this.#settings };
    const streams = this.streams.map((stream): Change => {
      const { name, creationTime: createdAt, lastIngestionTime } = stream;
      const times = { creationTime: createdAt, lastIngestionTime };
      return { op: 'createLogStream', ...this.#address, stream: name, ...times };
    });
    return [{ op: 'createLogGroup', ...this.#address, ...facts }, ...streams];
  }

  get #address(): GroupAddress {
    const { place, name } = this.identity;
    return { accountId: place.accountId, region: place.region, group: name };
  }
}
