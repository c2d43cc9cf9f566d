import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallLedger, CallRecord } from '../calls.js';
import type { Stored } from '../store/store.js';
import type { Stores } from '../store/stores.js';
import type { EventRow, ServerStatus } from './answers.js';
import { callRow } from './call-rows.js';
import { sendHead } from './content.js';
import { eventRow } from './event-rows.js';
import type { Selection } from './selection.js';
import { groupIdOf } from './source.js';

/** How long news are collected, so that a reader redraws a few times a second. */
const BATCH_MS = 150;
/** The status tells the time, too; and a proxy closes what is silent. */
const STATUS_MS = 1_000;
/** How long a browser waits before it connects again. */
const RETRY_MS = 1_000;
/** A reader that is further behind than this is told to ask again. */
const MAX_ROWS = 2_000;
const MAX_CHARACTERS = 4 * 1_048_576;

/** What a feed tells of. */
export interface FeedSources {
  readonly stores: Stores;
  readonly ledger: CallLedger;
  readonly status: () => ServerStatus;
}

/** Tells one reader by server-sent events what arrives, until one of both leaves. */
export function openFeed(
  request: IncomingMessage,
  response: ServerResponse,
  selection: Selection,
  sources: FeedSources,
): void {
  sendHead(response, 'text/event-stream; charset=utf-8', { 'X-Accel-Buffering': 'no' });
  if (request.method === 'HEAD') return void response.end();
  // A browser that connects again repeats the id, and may have missed something.
  const isBack = request.headers['last-event-id'] !== undefined;
  response.write(`retry: ${RETRY_MS}\nid: 1\n\n`);
  const feed = new Feed(response, selection, sources.status);
  if (isBack) feed.dropAll();
  const stops = [
    sources.stores.onStored((stored) => feed.addEvents(stored)),
    sources.ledger.onChange((record) => feed.addCall(record)),
  ];
  const timers = [setInterval(() => feed.send(), BATCH_MS), setInterval(() => feed.sendStatus(), STATUS_MS)];
  response.once('close', () => {
    for (const stop of stops) stop();
    for (const timer of timers) clearInterval(timer);
  });
  feed.sendStatus();
}

/** News that wait for the next message to one reader. Their number is bounded: what is too much is dropped, and the reader told. */
class Feed {
  readonly #response: ServerResponse;
  readonly #selection: Selection;
  readonly #status: () => ServerStatus;
  #events: EventRow[] = [];
  #characters = 0;
  readonly #calls = new Map<number, CallRecord>();
  #hasDropped = false;

  constructor(response: ServerResponse, selection: Selection, status: () => ServerStatus) {
    this.#response = response;
    this.#selection = selection;
    this.#status = status;
  }

  addEvents({ place, group, stream, events }: Stored): void {
    const groupId = groupIdOf(place, group.identity.name);
    if (!this.#selection.has(groupId, stream.name)) return;
    for (const event of events) {
      if (this.#hasDropped) return;
      if (!this.#selection.matches(event)) continue;
      this.#characters += event.message.length;
      this.#events.push(eventRow({ source: { groupId, group, stream }, event }));
      this.#keepBound();
    }
  }

  /** A call in flight is replaced by its answer. */
  addCall(record: CallRecord): void {
    if (this.#hasDropped) return;
    this.#calls.set(record.id, record);
    this.#keepBound();
  }

  dropAll(): void {
    this.#hasDropped = true;
    this.#events = [];
    this.#characters = 0;
    this.#calls.clear();
  }

  /** Sends what has come, unless the reader has not taken what was sent before. */
  send(): void {
    if (this.#response.writableNeedDrain) return;
    if (this.#hasDropped) this.#write('reload', null);
    if (this.#events.length > 0) this.#write('events', this.#events);
    if (this.#calls.size > 0) this.#write('calls', Array.from(this.#calls.values(), callRow));
    this.dropAll();
    this.#hasDropped = false;
  }

  sendStatus(): void {
    if (!this.#response.writableNeedDrain) this.#write('status', this.#status());
  }

  #keepBound(): void {
    const rows = this.#events.length + this.#calls.size;
    if (rows > MAX_ROWS || this.#characters > MAX_CHARACTERS) this.dropAll();
  }

  #write(name: string, data: unknown): void {
    this.#response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
