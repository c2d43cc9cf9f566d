import { Readable } from 'node:stream';
import { eventMessage, exceptionMessage } from '../protocol/event-stream.js';
import type { StoredLogEvent } from '../store/log-event.js';
import type { Stored } from '../store/store.js';
import { Sample } from './sample.js';

/** What a session shows. */
export interface LiveTail {
  /** The first message of the session, which repeats what was asked for. */
  readonly start: object;
  /** How the session names the log group; `undefined` if it does not show this stream of it. */
  readonly identifierOf: (stored: Stored) => string | undefined;
  readonly matches: (message: string) => boolean;
}

interface SeenEvent {
  readonly logGroupIdentifier: string;
  readonly logStreamName: string;
  readonly event: StoredLogEvent;
}

/** These four are documented. */
const UPDATE_INTERVAL_MS = 1000;
const MAX_EVENTS_OF_UPDATE = 500;
const MAX_WAITING_UPDATES = 10;
const MAX_SESSION_MS = 3 * 3_600_000;
/** botocore refuses a message with more than 24 MiB (seen in source). What the service does with more is not known. */
const MAX_UPDATE_BYTES = 23 * 1_048_576;
/** Bytes of updates that wait for a slow reader: two of the greatest, or ten smaller ones. */
const MAX_WAITING_BYTES = 2 * MAX_UPDATE_BYTES;

/**
 * The messages of a session: one a second, empty if nothing came. If its reader is slow, the oldest updates are dropped, so that memory is
 * bounded.
 */
export class LiveTailSession extends Readable {
  readonly #tail: LiveTail;
  readonly #clock: () => number;
  readonly #startedAtMs: number;
  readonly #sample: Sample<SeenEvent>;
  readonly #timer: NodeJS.Timeout;
  #waiting: Buffer[] = [];
  #isAskedFor = false;

  /**
   * @param clock decides when the session has been open for too long
   * @param random chooses events where there are too many
   */
  constructor(tail: LiveTail, clock: () => number, random: () => number) {
    super({ highWaterMark: 0 });
    this.#tail = tail;
    this.#clock = clock;
    this.#startedAtMs = clock();
    this.#sample = new Sample(MAX_EVENTS_OF_UPDATE, random);
    this.push(eventMessage('initial-response', {}));
    this.push(eventMessage('sessionStart', tail.start));
    this.#timer = setInterval(() => this.update(), UPDATE_INTERVAL_MS).unref();
  }

  /** Notes what was stored, as far as the session shows it. */
  note(stored: Stored): void {
    const logGroupIdentifier = this.#tail.identifierOf(stored);
    if (logGroupIdentifier === undefined) return;
    const logStreamName = stored.stream.name;
    for (const event of stored.events) {
      if (this.#tail.matches(event.message)) this.#sample.add({ logGroupIdentifier, logStreamName, event });
    }
  }

  /** Sends what came since the last time, or ends a session that has been open for three hours. */
  update(): void {
    if (this.#clock() - this.#startedAtMs >= MAX_SESSION_MS) return this.#timeOut();
    const { items, isPartial } = this.#sample.take();
    const sessionResults = thatFit(items.map(describe));
    const sampled = isPartial || sessionResults.length < items.length;
    this.#waiting.push(eventMessage('sessionUpdate', { sessionMetadata: { sampled }, sessionResults }));
    while (this.#areTooMany()) this.#waiting.shift();
    this.#send();
  }

  override _read(): void {
    this.#isAskedFor = true;
    this.#send();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearInterval(this.#timer);
    done(error);
  }

  #areTooMany(): boolean {
    const bytes = this.#waiting.reduce((sum, { length }) => sum + length, 0);
    return (
      this.#waiting.length > MAX_WAITING_UPDATES || (this.#waiting.length > 1 && bytes > MAX_WAITING_BYTES)
    );
  }

  #send(): void {
    if (!this.#isAskedFor || this.#waiting.length === 0) return;
    this.#isAskedFor = false;
    this.push(this.#waiting.shift());
  }

  /** The name is from the API, the text is assumed. */
  #timeOut(): void {
    clearInterval(this.#timer);
    for (const message of this.#waiting.splice(0)) this.push(message);
    this.push(exceptionMessage('SessionTimeoutException', 'The session has been open for three hours.'));
    this.push(null);
  }
}

function describe({ logGroupIdentifier, logStreamName, event }: SeenEvent): object {
  const { message, timestamp, ingestionTime } = event;
  return { logStreamName, logGroupIdentifier, message, timestamp, ingestionTime };
}

/** As many of the first events as a message has room for. */
function thatFit(events: readonly object[]): readonly object[] {
  let room = MAX_UPDATE_BYTES;
  const end = events.findIndex((event) => (room -= Buffer.byteLength(JSON.stringify(event)) + 1) < 0);
  return end < 0 ? events : events.slice(0, end);
}
