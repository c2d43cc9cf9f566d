import * as fc from 'fast-check';
import type { EventRow } from '../../../local/viewer/answers.js';
import { HOUR_MS, NOW_MS, type Stage, startEmpty, stopAll } from '../harness.js';
import { ask, groupId, type Query, type Sent, startWith, urlOf } from './page.js';

afterEach(stopAll);

const START_MS = NOW_MS - HOUR_MS;

function sent(offset: number, message: string): Sent {
  return { timestamp: START_MS + offset, message };
}

function textOf(events: readonly EventRow[]): string {
  return events.map(({ message }) => message).join('');
}

async function small(): ReturnType<typeof startWith> {
  return startWith({
    '/one': { s: [sent(0, 'a'), sent(2, 'c'), sent(4, 'e')], t: [sent(1, 'b'), sent(5, 'f')] },
    '/two': { s: [sent(3, 'd'), sent(6, 'g')] },
  });
}

test('a page without a place ends with the newest event, streams and groups interleaved', async () => {
  const stage = await small();
  const page = await ask(stage, 'events', { limit: 4 });
  expect(textOf(page.events)).toBe('defg');
  expect(page).toMatchObject({ hasEarlier: true, hasLater: false, total: 7 });
  expect(page.events[0]).toEqual({
    id: expect.stringMatching(/^\d{16}-\d{16}$/),
    group: groupId('/two'),
    stream: 's',
    timestamp: START_MS + 3,
    ingestionTime: NOW_MS,
    message: 'd',
  });
});

test('before, after and at lead from page to page', async () => {
  const stage = await small();
  const { events: last } = await ask(stage, 'events', { limit: 3 });
  const middle = await ask(stage, 'events', { limit: 3, before: last[0]!.id });
  expect(textOf(middle.events)).toBe('bcd');
  expect(middle).toMatchObject({ hasEarlier: true, hasLater: true });
  const first = await ask(stage, 'events', { limit: 3, before: middle.events[0]!.id });
  expect(first).toMatchObject({ hasEarlier: false, hasLater: true });
  expect(textOf(first.events)).toBe('a');
  const none = await ask(stage, 'events', { before: first.events[0]!.id });
  expect(none).toEqual({ events: [], hasEarlier: false, hasLater: true, total: 7 });
  const later = await ask(stage, 'events', { limit: 2, after: middle.events[2]!.id });
  expect(textOf(later.events)).toBe('ef');
  expect(later).toMatchObject({ hasEarlier: true, hasLater: true });
  const at = await ask(stage, 'events', { at: START_MS + 5 });
  expect(textOf(at.events)).toBe('fg');
  expect(at).toMatchObject({ hasEarlier: true, hasLater: false });
});

test.each([
  [{ group: groupId('/one') }, 'abcef'],
  [{ group: [groupId('/one'), groupId('/two')] }, 'abcdefg'],
  [{ stream: `${groupId('/one')}:s` }, 'ace'],
  [{ group: [groupId('/one'), groupId('/two')], stream: `${groupId('/one')}:t` }, 'bdfg'],
  [{ group: groupId('/none') }, ''],
  [{ start: START_MS + 2, end: START_MS + 5 }, 'cde'],
  [{ start: START_MS + 5, end: START_MS + 2 }, ''],
  [{ filter: 'd' }, 'd'],
  [{ filter: 'x' }, ''],
])('selects by %j', async (query, expected) => {
  const page = await ask(await small(), 'events', query);
  expect(textOf(page.events)).toBe(expected);
  expect(page.total).toBe(expected.length);
});

test('events past the retention are not shown', async () => {
  const stage = await startWith({
    '/one': { s: [{ timestamp: NOW_MS - 26 * HOUR_MS, message: 'old' }] },
  });
  await stage.client.putLogEvents({
    logGroupName: '/one',
    logStreamName: 's',
    logEvents: [sent(0, 'new')],
  });
  await stage.client.putRetentionPolicy({ logGroupName: '/one', retentionInDays: 1 });
  const page = await ask(stage, 'events');
  expect([textOf(page.events), page.total]).toEqual(['new', 1]);
});

test.each<[Query, unknown, string]>([
  [{ before: 'x' }, 'before must be the id of an event, not x.', 'before'],
  [{ limit: 0 }, 'limit must be an integer from 1 to 2000, not 0.', 'limit'],
  [{ start: 'now' }, 'start must be an integer from 0 to 9007199254740991, not now.', 'start'],
  [{ filter: '{ $.a' }, expect.stringMatching(/filter pattern|^Invalid/), 'filter'],
])('%j cannot be answered', async (query, error, parameter) => {
  const { service } = await small();
  const response = await fetch(urlOf(service.endpoint, 'events', query));
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error, parameter });
});

test('pages put together are all events that match, in order, whatever the size of a page', async () => {
  const event = fc.record({ offset: fc.nat(20), message: fc.constantFrom('x', 'y', 'x y') });
  const streams = fc.array(fc.array(event, { maxLength: 12 }), { minLength: 1, maxLength: 5 });
  const filters = fc.constantFrom('', 'x', 'y x');
  await fc.assert(
    fc.asyncProperty(streams, fc.integer({ min: 1, max: 9 }), filters, async (given, limit, filter) => {
      const inOrder = given.map((events) => events.toSorted((left, right) => left.offset - right.offset));
      const named = inOrder.map((events, index) => [
        `s${index}`,
        events.map(({ offset, message }) => sent(offset, message)),
      ]);
      const stage = await startWith({ '/g': Object.fromEntries(named) as Record<string, Sent[]> });
      const all = (await ask(stage, 'events', { limit: 2_000 })).events;
      const wanted = all.filter(({ message }) => filter.split(' ').every((term) => message.includes(term)));
      expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted());
      expect(all.length).toBe(given.flat().length);

      const backwards: EventRow[] = [];
      let page = await ask(stage, 'events', { limit, filter });
      for (;;) {
        backwards.unshift(...page.events);
        expect(page.total).toBe(wanted.length);
        if (!page.hasEarlier) break;
        page = await ask(stage, 'events', { limit, filter, before: page.events[0]!.id });
      }
      expect(backwards).toEqual(wanted);

      const forwards: EventRow[] = [];
      page = await ask(stage, 'events', { limit, filter, at: 0 });
      for (;;) {
        forwards.push(...page.events);
        if (!page.hasLater) break;
        page = await ask(stage, 'events', { limit, filter, after: page.events.at(-1)!.id });
      }
      expect(forwards).toEqual(wanted);
      await stopAll();
    }),
    { numRuns: 30 },
  );
});

describe('lines of a mebibyte', () => {
  const COUNT = 11;
  const long = (index: number): Sent => ({
    timestamp: NOW_MS - COUNT + index,
    message: 'x'.repeat(1_000_000),
  });

  async function withLongLines(): Promise<Stage> {
    const stage = await startEmpty();
    await stage.client.createLogGroup({ logGroupName: '/g' });
    await stage.client.createLogStream({ logGroupName: '/g', logStreamName: 's' });
    for (let index = 0; index < COUNT; index++)
      await stage.client.putLogEvents({ logGroupName: '/g', logStreamName: 's', logEvents: [long(index)] });
    return stage;
  }

  test.each<Query>([{}, { filter: 'x' }])('are few in a page, and none is passed over: %j', async (query) => {
    const stage = await withLongLines();
    const times: number[] = [];
    let before: string | undefined;
    for (let hasEarlier = true; hasEarlier;) {
      const page = await ask(stage, 'events', { ...query, limit: 1_000, ...(before && { before }) });
      expect(page.events.length).toBeGreaterThan(0);
      expect(page.events.length).toBeLessThan(COUNT);
      times.unshift(...page.events.map(({ timestamp }) => timestamp));
      before = page.events[0]!.id;
      hasEarlier = page.hasEarlier;
    }
    expect(times).toEqual(Array.from({ length: COUNT }, (_, index) => long(index).timestamp));
  });

  test('are all in a download', async () => {
    const { service } = await withLongLines();
    const text = await (await fetch(urlOf(service.endpoint, 'download', {}))).text();
    expect(text.trim().split('\n')).toHaveLength(COUNT);
  });
});
