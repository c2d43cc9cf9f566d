import * as fc from 'fast-check';
import { LogView } from '../../../local/viewer/client/state/log-view.js';
import { RefusalError } from '../../../local/viewer/client/state/server.js';
import { PagedEvents } from './paged-events.js';

const HEIGHT = 40;
const NOTHING = new URLSearchParams();

/** A view of the events, and their histogram as the server would make it. */
async function viewOf(events: PagedEvents, mostRows = 1_000_000): Promise<LogView> {
  const view = new LogView(events.page, mostRows);
  view.histogram = {
    start: 0,
    bucketMs: events.all.length / 10,
    events: Array(10).fill(events.all.length / 10),
    errors: [],
  };
  await view.show(NOTHING);
  return view;
}

/** Looks at rows until nothing more is loaded for them, and scrolls as the list does if they move. Returns where they are then. */
async function look(view: LogView, events: PagedEvents, start: number): Promise<number> {
  let from = start;
  for (let questions = 0; questions < 30; questions++) {
    const asked = events.asked.length;
    from = Math.max(0, Math.min(view.buffer.count - HEIGHT, from + view.takeShift()));
    view.see(from, from + HEIGHT);
    await new Promise(setImmediate);
    if (events.asked.length === asked) return from;
  }
  throw new Error(`Asks without an end: ${events.asked.slice(-5).join(' ')}`);
}

/** Times of the rows that are looked at; `undefined` where one is missing. */
function seen(view: LogView, from: number): (number | undefined)[] {
  return Array.from({ length: HEIGHT }, (_, offset) => view.buffer.at(from + offset)?.timestamp);
}

function range(from: number): number[] {
  return Array.from({ length: HEIGHT }, (_, offset) => from + offset);
}

test('shows the newest events and follows', async () => {
  const events = new PagedEvents(5_000);
  const view = await viewOf(events);

  expect([view.isLoaded, view.isFollowing, view.buffer.count]).toEqual([true, true, 5_000]);
  expect(seen(view, 4_960)).toEqual(range(4_960));
});

test('has the rows that are seen, wherever one scrolls to', async () => {
  const events = new PagedEvents(20_000);
  const view = await viewOf(events);
  view.pause();
  for (const from of [19_000, 18_000, 300, 0, 10_000, 10_500, 19_960]) {
    await look(view, events, from);

    expect(seen(view, from)).toEqual(range(from));
  }
});

test('goes far with one question', async () => {
  const events = new PagedEvents(20_000);
  const view = await viewOf(events);
  view.pause();
  events.asked.length = 0;
  view.see(10_000, 10_040);
  await new Promise(setImmediate);

  expect(events.asked).toEqual(['limit=1000&at=10000']);
});

test('follows when one goes far to the end', async () => {
  const events = new PagedEvents(20_000);
  const view = await viewOf(events);
  view.pause();
  await look(view, events, 0);
  const from = await look(view, events, 19_960);

  expect([view.isFollowing, from]).toEqual([true, 19_960]);
  expect(seen(view, from)).toEqual(range(19_960));
});

test('loads rows before they are seen', async () => {
  const events = new PagedEvents(5_000);
  const view = await viewOf(events);
  view.pause();
  await look(view, events, 4_900);

  expect([view.buffer.first, view.buffer.end]).toEqual([3_800, 5_000]);
});

test('keeps few of the rows', async () => {
  const events = new PagedEvents(20_000);
  const view = await viewOf(events);
  view.pause();
  for (let from = 19_000; from >= 0; from -= 500) await look(view, events, from);

  expect(view.buffer.rows.length).toBeLessThanOrEqual(5_000);
  expect(seen(view, 0)).toEqual(range(0));
});

test('counts what arrives while it does not follow, and moves nothing', async () => {
  const events = new PagedEvents(5_000);
  const view = await viewOf(events);
  view.pause();
  await look(view, events, 2_000);
  view.arrive([events.store(5_000), events.store(5_001)]);

  expect([view.arrived, view.takeShift(), view.buffer.total]).toEqual([2, 0, 5_002]);
  expect(seen(view, 2_000)).toEqual(range(2_000));
});

test('goes to what has arrived and follows again', async () => {
  const events = new PagedEvents(5_000);
  const view = await viewOf(events);
  view.pause();
  await look(view, events, 0);
  view.arrive([events.store(5_000)]);
  await view.follow();

  expect([view.isFollowing, view.arrived, view.buffer.rows.at(-1)?.timestamp]).toEqual([true, 0, 5_000]);
});

test('shows an event among its neighbours, and selects it', async () => {
  const events = new PagedEvents(5_000);
  const view = await viewOf(events);
  const { id, timestamp } = events.all[2_500]!;
  await view.show(NOTHING, { id, timestamp });
  const index = view.buffer.indexOf(id);
  await look(view, events, index - 20);

  expect([view.selected?.id, view.isFollowing]).toEqual([id, false]);
  expect(view.buffer.at(view.buffer.indexOf(id) - 1)?.timestamp).toBe(2_499);
});

test('takes what was stored while there was no connection', async () => {
  const events = new PagedEvents(10);
  const view = await viewOf(events);
  events.store(10);
  await view.catchUp();

  expect(view.buffer.rows.at(-1)?.timestamp).toBe(10);
});

test('stays where one reads when events were left out, and finds them further down', async () => {
  const events = new PagedEvents(3_000);
  const view = await viewOf(events);
  view.pause();
  await look(view, events, 1_000);
  for (let timestamp = 3_000; timestamp < 3_100; timestamp++) events.store(timestamp);
  await view.recover();

  expect(seen(view, 1_000)).toEqual(range(1_000));

  await look(view, events, 2_960);

  expect(view.buffer.rows.at(-1)?.timestamp).toBe(3_099);
});

test('moves the selection by keys, from the last row that is seen', async () => {
  const events = new PagedEvents(100);
  const view = await viewOf(events);
  view.see(60, 100);
  const times = [0, -1, -1, 1, 200].map((by) => {
    view.move(by);
    return view.selected?.timestamp;
  });

  expect(times).toEqual([99, 98, 97, 98, 99]);
  expect(view.isFollowing).toBe(false);
});

test('keeps what it shows when the server refuses the next question, and says why', async () => {
  const events = new PagedEvents(10);
  const view = new LogView(async (query) => {
    if (query.has('filter')) throw new RefusalError('no pattern', 'filter');
    return await events.page(query);
  }, 1_000);
  await view.show(NOTHING);
  await view.show(new URLSearchParams({ filter: '{' }));

  expect([view.refusal?.message, view.isUnreachable, view.isLoaded]).toEqual(['no pattern', false, false]);
  expect(view.buffer.rows).toHaveLength(10);

  await view.show(NOTHING);

  expect([view.refusal, view.isLoaded]).toEqual([undefined, true]);
});

test('says that the server does not answer', async () => {
  const view = new LogView(() => Promise.reject(new TypeError('fetch failed')), 1_000);
  await view.show(NOTHING);

  expect([view.refusal, view.isUnreachable]).toEqual([undefined, true]);
});

test('takes the answer to the last question only', async () => {
  const answers: ((events: PagedEvents) => void)[] = [];
  const view = new LogView(
    async (query) => await (await new Promise<PagedEvents>((resolve) => answers.push(resolve))).page(query),
    1_000,
  );
  const shown = [view.show(NOTHING), view.show(NOTHING)];
  answers[1]!(new PagedEvents(2));
  answers[0]!(new PagedEvents(7));
  await Promise.all(shown);

  expect(view.buffer.rows).toHaveLength(2);
});

type Step = { readonly see: number } | { readonly store: number } | 'pause' | 'follow';

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }).map((see) => ({ see })),
  fc.nat({ max: 12_000 }).map((store) => ({ store })),
  fc.constantFrom('pause' as const, 'follow' as const),
);

/** Times of the events that the view holds, and of as many that the server has from the first of these on. */
function held({ buffer }: LogView, { all }: PagedEvents): readonly (readonly string[])[] {
  const first = all.findIndex(({ id }) => id === buffer.rows[0]?.id);
  return [buffer.rows, all.slice(first, first + buffer.rows.length)].map((rows) => rows.map(({ id }) => id));
}

/** Scrolls as one does, which pauses, to a share of the list. Rows that are seen are there then. */
async function scrollTo(view: LogView, events: PagedEvents, share: number): Promise<void> {
  view.pause();
  const from = await look(view, events, Math.floor(share * (view.buffer.count - HEIGHT)));

  expect(seen(view, from)).not.toContain(undefined);
}

test('whatever one does, it holds events that follow each other, and the rows that are seen', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(steps, { maxLength: 20 }),
      fc.constantFrom(6_000, 1_000_000),
      async (all, mostRows) => {
        const events = new PagedEvents(9_000);
        const view = await viewOf(events, mostRows);
        for (const step of all) {
          if (step === 'pause') view.pause();
          else if (step === 'follow') await view.follow();
          else if ('store' in step) view.arrive([events.store(step.store)]);
          else await scrollTo(view, events, step.see);
          const [here, there] = held(view, events);

          expect(here).toEqual(there);
          expect([view.buffer.first >= 0, view.buffer.end <= view.buffer.count, view.buffer.total]).toEqual([
            true,
            true,
            events.all.length,
          ]);
        }
      },
    ),
    { numRuns: 60 },
  );
});
