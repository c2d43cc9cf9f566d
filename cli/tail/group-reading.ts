import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import type { NamedLogGroup } from '../aws/log-groups.js';
import { SeenEvents } from './seen-events.js';
import type { StreamChoice } from './stream-choice.js';
import type { TailedEvent } from './tailed-event.js';

/** What a call of FilterLogEvents asks for, and its answer. */
export interface PageRequest {
  readonly logGroupIdentifier: string;
  readonly logStreamNames?: string[];
  readonly logStreamNamePrefix?: string;
  readonly filterPattern?: string;
  readonly startTime: number;
  readonly endTime?: number;
  readonly nextToken?: string;
}

export interface EventPage {
  readonly events?: readonly FilteredLogEvent[] | undefined;
  readonly nextToken?: string | undefined;
}

export type ReadPage = (request: PageRequest) => Promise<EventPage>;

export interface ReadingOptions {
  readonly streams: StreamChoice;
  readonly filterPattern?: string | undefined;
  /** Time of the first event that is shown. */
  readonly sinceMs: number;
  /** Time of the last one. @default - there is none */
  readonly untilMs?: number | undefined;
  /** How late after its time an event may arrive and still be shown. */
  readonly overlapMs: number;
}

/**
 * Reads a log group again and again. Events arrive after their time, so each reading begins before the last one did, by the overlap, and
 * leaves out what it has returned before.
 *
 *     last reading:         |<- overlap ->| began here
 *     this reading begins:  ^               an event that arrived later than that, and not later than the overlap after its time,
 *                                           has a time from here on
 */
export class GroupReading {
  readonly group: NamedLogGroup;
  readonly #options: ReadingOptions;
  readonly #readPage: ReadPage;
  readonly #seen = new SeenEvents();
  #fromMs: number;

  constructor(group: NamedLogGroup, readPage: ReadPage, options: ReadingOptions) {
    this.group = group;
    this.#options = options;
    this.#readPage = readPage;
    this.#fromMs = options.sinceMs;
  }

  /** Events that are remembered, because they may be read again. */
  get remembered(): number {
    return this.#seen.size;
  }

  /**
   * What has arrived since the last time, in pages in the order of their times.
   *
   * @param beganAtMs when this reading began, by the clock of the service; asked once there has been an answer
   */
  async *read(beganAtMs: () => number): AsyncGenerator<readonly TailedEvent[], void, undefined> {
    let nextFromMs: number | undefined;
    let nextToken: string | undefined;
    do {
      const page = await this.#readPage(this.#request(nextToken));
      nextFromMs ??= Math.max(this.#fromMs, Math.floor(beganAtMs()) - this.#options.overlapMs);
      const events = this.#unseen(page.events ?? [], nextFromMs);
      if (events.length > 0) yield events;
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    this.#fromMs = nextFromMs;
    this.#seen.forgetBefore(nextFromMs);
  }

  #request(nextToken: string | undefined): PageRequest {
    const { streams, filterPattern, untilMs } = this.#options;
    return {
      logGroupIdentifier: this.group.arn ?? this.group.name,
      startTime: this.#fromMs,
      ...(streams.names !== undefined && { logStreamNames: [...streams.names] }),
      ...(streams.prefix !== undefined && { logStreamNamePrefix: streams.prefix }),
      ...(filterPattern !== undefined && { filterPattern }),
      ...(untilMs !== undefined && { endTime: untilMs }),
      ...(nextToken !== undefined && { nextToken }),
    };
  }

  /** Events that the next reading begins behind are not remembered: it does not meet them. */
  #unseen(events: readonly FilteredLogEvent[], nextFromMs: number): readonly TailedEvent[] {
    const unseen: TailedEvent[] = [];
    for (const { eventId = '', timestamp = 0, message = '', logStreamName = '', ingestionTime } of events) {
      if (this.#seen.has(eventId)) continue;
      if (timestamp >= nextFromMs) this.#seen.add(eventId, timestamp);
      const logGroup = this.group.name;
      unseen.push({ logGroup, logStream: logStreamName, timestamp, ingestionTime, eventId, message });
    }
    return unseen;
  }
}
