import type { EventPage, EventRow } from '../../../local/viewer/answers.js';

/** Events as the server has them, and pages of them as it answers. */
export class PagedEvents {
  readonly all: EventRow[] = [];
  /** Parameters of the questions, in their order. */
  readonly asked: string[] = [];

  /** @param count of events, a millisecond apart */
  constructor(count: number) {
    for (let index = 0; index < count; index++) this.store(index);
  }

  /** Adds an event of this time, in its place. */
  store(timestamp: number): EventRow {
    const id = `${String(timestamp).padStart(8, '0')}-${String(this.all.length).padStart(8, '0')}`;
    const event = {
      id,
      group: 'g',
      stream: 's',
      timestamp,
      ingestionTime: timestamp,
      message: `event ${timestamp}`,
    };
    const isNewest = id > (this.all.at(-1)?.id ?? '');
    this.all.splice(isNewest ? this.all.length : this.all.findIndex((each) => each.id > id), 0, event);
    return event;
  }

  /** Answers in a later turn, as a server does. */
  readonly page = async (query: URLSearchParams): Promise<EventPage> => {
    this.asked.push(query.toString());
    await Promise.resolve();
    const [from, to] = this.#rangeOf(query, Number(query.get('limit')));
    return {
      events: this.all.slice(from, to),
      hasEarlier: from > 0,
      hasLater: to < this.all.length,
      total: this.all.length,
    };
  };

  #rangeOf(query: URLSearchParams, limit: number): readonly [number, number] {
    const [before, after, at] = ['before', 'after', 'at'].map((name) => query.get(name));
    const first = (isThere: (event: EventRow) => boolean): number => {
      const index = this.all.findIndex(isThere);
      return index < 0 ? this.all.length : index;
    };
    if (after != null)
      return forwards(
        first(({ id }) => id > after),
        limit,
      );
    if (at != null)
      return forwards(
        first(({ timestamp }) => timestamp >= Number(at)),
        limit,
      );
    const end = before == null ? this.all.length : first(({ id }) => id >= before);
    return [Math.max(0, end - limit), end];
  }
}

function forwards(from: number, limit: number): readonly [number, number] {
  return [from, from + limit];
}
