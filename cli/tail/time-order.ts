import type { TailedEvent } from './tailed-event.js';

type Page = readonly TailedEvent[];

/** A source of pages, and the page of it that is not passed on yet. */
interface Source {
  readonly pages: AsyncIterator<Page, void, undefined>;
  page: Page;
}

/** Merges sources, each of which is in the order of times, into pages in that order. It holds one page of each. */
export async function* inTimeOrder(
  sources: readonly AsyncGenerator<Page, void, undefined>[],
): AsyncGenerator<Page, void, undefined> {
  let open: Source[] = sources.map((pages) => ({ pages, page: [] }));
  for (;;) {
    open = await filled(open);
    if (open.length === 0) return;
    // Nothing that is still to come of any source is earlier than this.
    const untilMs = Math.min(...open.map(({ page }) => page.at(-1)!.timestamp));
    yield open
      .flatMap((source) => taken(source, untilMs))
      .toSorted((one, other) => one.timestamp - other.timestamp);
  }
}

/** The sources that have something, with a page of each. They are asked in turn. */
async function filled(sources: readonly Source[]): Promise<Source[]> {
  const open: Source[] = [];
  for (const source of sources) {
    while (source.page.length === 0) {
      const next = await source.pages.next();
      if (next.done) break;
      source.page = next.value;
    }
    if (source.page.length > 0) open.push(source);
  }
  return open;
}

function taken(source: Source, untilMs: number): Page {
  const end = source.page.findIndex(({ timestamp }) => timestamp > untilMs);
  const count = end < 0 ? source.page.length : end;
  const events = source.page.slice(0, count);
  source.page = source.page.slice(count);
  return events;
}
