import type { EventPage, EventRow } from '../../answers.js';

/** Rows that are assumed where an estimate has left none, and there are some. */
const ROOM = 500;

/**
 * The part of the selection that is here: events that follow each other, and their place in the list. The list has a row for each event of
 * the selection, up to a number that browsers can still lay out; the places of those that are not here are estimates.
 */
export class EventBuffer {
  #rows: EventRow[] = [];
  #first = 0;
  #total = 0;
  #isTotalLeast = false;
  #hasEarlier = false;
  #hasLater = false;

  constructor(private readonly mostRows: number) {}

  get rows(): readonly EventRow[] {
    return this.#rows;
  }

  /** Index in the list of the first event that is here. */
  get first(): number {
    return this.#first;
  }

  /** Index after the last one. */
  get end(): number {
    return this.#first + this.#rows.length;
  }

  /** Events of the selection. */
  get total(): number {
    return this.#total;
  }

  /** Whether there may be more than these, because the server has not counted them all. */
  get isTotalLeast(): boolean {
    return this.#isTotalLeast;
  }

  /** Rows of the list. */
  get count(): number {
    return Math.min(this.#total, this.mostRows);
  }

  get hasEarlier(): boolean {
    return this.#hasEarlier;
  }

  get hasLater(): boolean {
    return this.#hasLater;
  }

  /** The event at an index of the list, if it is here. */
  at(index: number): EventRow | undefined {
    return this.#rows[index - this.#first];
  }

  /** Index in the list; -1 if it is not here. */
  indexOf(id: string): number {
    const place = this.#placeOf(id);
    return this.#rows[place]?.id === id ? this.#first + place : -1;
  }

  /** Takes a page in place of what is here. Returns by how many indexes it does not stand where it was estimated to be. */
  replace(page: EventPage, first: number): number {
    this.#rows = [...page.events];
    [this.#hasEarlier, this.#hasLater, this.#first] = [page.hasEarlier, page.hasLater, first];
    this.#count(page);
    return this.#settle();
  }

  /** Takes the page before what is here. Returns by how many indexes all rows have moved. */
  prepend(page: EventPage): number {
    const { events, hasEarlier } = page;
    this.#rows = [...events, ...this.#rows];
    // An empty page would be asked for again and again.
    this.#hasEarlier = hasEarlier && events.length > 0;
    this.#first -= events.length;
    this.#count(page);
    return this.#settle();
  }

  /** Takes the page after what is here. */
  append(page: EventPage): number {
    const { events, hasLater } = page;
    for (const event of events) this.#insert(event);
    this.#hasLater = hasLater && events.length > 0;
    this.#count(page);
    return this.#settle();
  }

  /** Takes events that have just been stored. Those that belong beyond the ends of what is here are counted only. */
  arrive(events: readonly EventRow[]): number {
    for (const event of events) if (!this.#belongs(event) || this.#insert(event)) this.#total++;
    return this.#settle();
  }

  /** There may be later events that nobody has told of. */
  expectLater(): void {
    this.#hasLater = true;
  }

  /** Lets go of rows that are far from these indexes. */
  keep(from: number, to: number): void {
    const late = Math.min(this.end - to, this.#rows.length);
    if (late > 0) {
      this.#rows.length -= late;
      this.#hasLater = true;
    }
    const early = from - this.#first;
    if (early <= 0) return;
    this.#rows.splice(0, early);
    this.#first += early;
    this.#hasEarlier = true;
  }

  #count({ total, totalIsLeast = false }: EventPage): void {
    [this.#total, this.#isTotalLeast] = [total, totalIsLeast];
  }

  #belongs({ id }: EventRow): boolean {
    const [first, last] = [this.#rows[0], this.#rows.at(-1)];
    if (!first || !last) return !this.#hasEarlier && !this.#hasLater;
    return (id > first.id || !this.#hasEarlier) && (id < last.id || !this.#hasLater);
  }

  /** Ids are in the order of time. Says whether the event was not here before. */
  #insert(event: EventRow): boolean {
    const last = this.#rows.at(-1);
    const place = !last || event.id > last.id ? this.#rows.length : this.#placeOf(event.id);
    if (this.#rows[place]?.id === event.id) return false;
    this.#rows.splice(place, 0, event);
    return true;
  }

  /** Index in the rows of the first that is not before the id. */
  #placeOf(id: string): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#rows[middle]!.id < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts rows where they are known to be: at an end of the list, or where there is room before and after them. */
  #settle(): number {
    const further = Number(this.#hasEarlier) + Number(this.#hasLater);
    const least = this.#rows.length + further;
    this.#total = further === 0 ? least : Math.max(least, this.#total);
    this.#isTotalLeast &&= further > 0;
    const before = this.#first;
    this.#first = this.#place();
    return this.#first - before;
  }

  #place(): number {
    const free = this.count - this.#rows.length;
    if (!this.#hasEarlier) return 0;
    if (!this.#hasLater) return free;
    if (this.#first <= 0) return Math.min(ROOM, Math.ceil(free / 2));
    return this.#first >= free ? Math.max(free - ROOM, Math.floor(free / 2)) : this.#first;
  }
}
