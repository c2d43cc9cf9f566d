import type { EventPage, EventRow, Histogram } from '../../answers.js';
import { EventBuffer } from './event-buffer.js';
import { Observable } from './observable.js';
import type { Focus } from './selection.js';
import { RefusalError, withParameters } from './server.js';
import { shareAtTime, timeAtShare } from './time-scale.js';

/** Answers pages of events. */
export type AskForPage = (query: URLSearchParams, signal: AbortSignal) => Promise<EventPage>;

/** Events of the first page, which is waited for, and of those that come while one scrolls. */
const FIRST_PAGE = 200;
const PAGE = 1_000;
/** Rows that are loaded before they are seen. */
const MARGIN = 700;
/** Rows that are kept on either side of those that are seen. */
const KEPT = 2_000;
/** Characters of all messages from where on fewer rows are kept. */
const MOST_CHARACTERS = 64 * 1024 * 1024;
const KEPT_OF_LONG_ONES = 50;

/** The events that are shown: those of a selection, of which a part is here, and whether the list follows new ones. */
export class LogView extends Observable {
  readonly buffer: EventBuffer;
  /** How many events there are at which time, once it is known. */
  histogram: Histogram | undefined;
  #query = new URLSearchParams();
  #isFollowing = true;
  #isLoaded = false;
  #arrived = 0;
  #shift = 0;
  #refusal: RefusalError | undefined;
  #isUnreachable = false;
  #selected: EventRow | undefined;
  #reveal: string | undefined;
  #seen: readonly [number, number] = [0, 0];
  #load: AbortController | undefined;

  constructor(
    private readonly ask: AskForPage,
    mostRows: number,
  ) {
    super();
    this.buffer = new EventBuffer(mostRows);
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  /** Whether what the list shows is the answer to the last question. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** Events that have come since the list follows no more. */
  get arrived(): number {
    return this.#arrived;
  }

  /** What is wrong with the last question. */
  get refusal(): RefusalError | undefined {
    return this.#refusal;
  }

  /** Whether the server did not answer the last question. */
  get isUnreachable(): boolean {
    return this.#isUnreachable;
  }

  /** The event that the keyboard moves from, and whose details can be shown. */
  get selected(): EventRow | undefined {
    return this.#selected;
  }

  /** By how many rows the list has to scroll, so that one sees what one saw. Counted since the last call. */
  takeShift(): number {
    const shift = this.#shift;
    this.#shift = 0;
    return shift;
  }

  /** The id of an event that the list has to scroll to, once. */
  takeReveal(): string | undefined {
    const reveal = this.#reveal;
    if (reveal !== undefined && this.buffer.indexOf(reveal) >= 0) this.#reveal = undefined;
    return reveal;
  }

  /** Shows the newest events of a selection and follows it, or shows those around one. */
  async show(query: URLSearchParams, focus?: Focus): Promise<void> {
    this.#query = query;
    this.#isLoaded = false;
    this.changed();
    await (focus ? this.#showAround(focus) : this.#showNewest());
  }

  async #showNewest(): Promise<void> {
    await this.#run({ limit: FIRST_PAGE }, (page) => {
      this.#begin({ ...page, hasLater: false }, page.total, true);
    });
  }

  async #showAround({ id, timestamp }: Focus): Promise<void> {
    await this.#run({ limit: PAGE, at: timestamp }, (page) => {
      const share = this.histogram ? shareAtTime(this.histogram, timestamp) : 0.5;
      this.#begin(page, Math.floor(share * page.total), false);
      this.#selected = page.events.find((each) => each.id === id) ?? page.events[0];
      this.#reveal = this.#selected?.id;
    });
  }

  #begin(page: EventPage, first: number, isFollowing: boolean): void {
    this.buffer.replace(page, first);
    [this.#isLoaded, this.#isFollowing, this.#arrived, this.#shift] = [true, isFollowing, 0, 0];
  }

  /** Goes to the newest events, and on with those that come. */
  async follow(): Promise<void> {
    this.#isFollowing = true;
    this.#arrived = 0;
    this.changed();
    if (this.buffer.hasLater) await this.#showNewest();
  }

  /** Stays where the list is. */
  pause(): void {
    if (!this.#isFollowing) return;
    this.#isFollowing = false;
    this.changed();
  }

  select(event: EventRow | undefined): void {
    this.#selected = event;
    if (event) this.#isFollowing = false;
    this.changed();
  }

  /** Selects the event that is some rows from the selected one, or the last one that is seen. */
  move(by: number): void {
    const { buffer } = this;
    const from = this.#selected ? buffer.indexOf(this.#selected.id) : -1;
    const to = from < 0 ? this.#seen[1] - 1 : from + by;
    const event = buffer.at(Math.max(buffer.first, Math.min(buffer.end - 1, to)));
    if (!event) return;
    this.#reveal = event.id;
    this.select(event);
  }

  /** The list has another height: keeps the selected event in sight, if it was. */
  keepInSight(): void {
    const index = this.#selected ? this.buffer.indexOf(this.#selected.id) : -1;
    const [from, to] = this.#seen;
    if (index >= from && index < to) this.#reveal = this.#selected?.id;
  }

  /** Takes events that have just been stored. */
  arrive(events: readonly EventRow[]): void {
    if (!this.#isLoaded) return;
    this.#shift += this.buffer.arrive(events);
    if (this.#isFollowing) this.buffer.keep(this.buffer.end - KEPT, this.buffer.end);
    else {
      this.#arrived += events.length;
      this.#trim();
    }
    this.changed();
  }

  /** Takes what was stored while there was no connection. */
  async catchUp(): Promise<void> {
    const last = this.buffer.rows.at(-1);
    if (!this.#isLoaded || this.#load) return;
    if (!last) await this.#showNewest();
    else if (!this.buffer.hasLater) await this.#loadLater(last);
  }

  /** Goes on after the feed has left events out. A reader who has paused stays where they are, and meets those events further down. */
  async recover(): Promise<void> {
    if (this.#isFollowing) await this.#showNewest();
    else this.buffer.expectLater();
  }

  /** Hears which rows are seen, and loads those that are missing there. */
  see(from: number, to: number): void {
    this.#seen = [from, to];
    if (!this.#load && this.#isLoaded) void this.#fill();
  }

  async #fill(): Promise<void> {
    const { buffer } = this;
    const [from, to] = this.#seen;
    const [first, last] = [buffer.rows[0], buffer.rows.at(-1)];
    if (!first || !last) return;
    if (this.#isFar(from, to) && (await this.#jump(from, to))) return;
    if (from - MARGIN < buffer.first && buffer.hasEarlier) await this.#loadEarlier(first);
    else if (to + MARGIN > buffer.end && buffer.hasLater) await this.#loadLater(last);
  }

  #isFar(from: number, to: number): boolean {
    return to < this.buffer.first - PAGE || from > this.buffer.end + PAGE;
  }

  /** Loads what is about there by the histogram, without what is between. At the end of the list, one follows. */
  async #jump(index: number, to: number): Promise<boolean> {
    const { count } = this.buffer;
    const at = this.histogram && timeAtShare(this.histogram, index / count);
    if (at === undefined) return false;
    if (to >= count) await this.follow();
    else
      await this.#run({ limit: PAGE, at }, (page) => {
        if (page.events.length > 0) this.#shift += this.buffer.replace(page, index);
      });
    return true;
  }

  async #loadEarlier({ id }: EventRow): Promise<void> {
    await this.#run({ limit: PAGE, before: id }, (page) => {
      this.#shift += this.buffer.prepend(page);
    });
  }

  async #loadLater({ id }: EventRow): Promise<void> {
    await this.#run({ limit: PAGE, after: id }, (page) => {
      this.#shift += this.buffer.append(page);
    });
  }

  /** Asks for a page, in place of what was asked before. */
  async #run(
    parameters: Readonly<Record<string, string | number>>,
    take: (page: EventPage) => void,
  ): Promise<void> {
    this.#load?.abort();
    const load = new AbortController();
    this.#load = load;
    try {
      const page = await this.ask(withParameters(this.#query, parameters), load.signal);
      if (this.#load === load) this.#take(() => take(page));
    } catch (error) {
      if (this.#load === load) this.#fail(error);
    }
  }

  #take(take: () => void): void {
    this.#load = undefined;
    [this.#refusal, this.#isUnreachable] = [undefined, false];
    take();
    this.#trim();
    this.changed();
  }

  #fail(error: unknown): void {
    this.#load = undefined;
    this.#refusal = error instanceof RefusalError ? error : undefined;
    this.#isUnreachable = !this.#refusal;
    this.changed();
  }

  #trim(): void {
    const { rows, end } = this.buffer;
    const [from, to] = this.#isFollowing ? [end, end] : this.#seen;
    const isLong = rows.reduce((sum, { message }) => sum + message.length, 0) > MOST_CHARACTERS;
    const kept = isLong ? KEPT_OF_LONG_ONES : KEPT;
    if (!this.#isFar(from, to)) this.buffer.keep(from - kept, to + kept);
  }
}
