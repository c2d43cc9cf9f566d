import { EventBuffer } from '../../../local/viewer/client/state/event-buffer.js';
import type { EventPage } from '../../../local/viewer/answers.js';
import { PagedEvents } from './paged-events.js';

const MOST_ROWS = 1_000;

/** A page of the events, from one index to another. */
function page({ all }: PagedEvents, from: number, to: number): EventPage {
  return { events: all.slice(from, to), hasEarlier: from > 0, hasLater: to < all.length, total: all.length };
}

function bufferOf(events: PagedEvents, from: number, to: number, first = from): EventBuffer {
  const buffer = new EventBuffer(MOST_ROWS);
  buffer.replace(page(events, from, to), first);
  return buffer;
}

/** Index in the list and time of the first and the last event that are here. */
function ends({ first, end, rows }: EventBuffer): readonly (number | undefined)[] {
  return [first, rows[0]?.timestamp, end, rows.at(-1)?.timestamp];
}

test('the newest events stand at the end of the list, wherever they were said to be', () => {
  expect(ends(bufferOf(new PagedEvents(100), 90, 100, 3))).toEqual([90, 90, 100, 99]);
});

test('the oldest stand at its beginning', () => {
  expect(ends(bufferOf(new PagedEvents(100), 0, 10, 50))).toEqual([0, 0, 10, 9]);
});

test('others stand where they are estimated to be', () => {
  expect(ends(bufferOf(new PagedEvents(100), 40, 50, 37))).toEqual([37, 40, 47, 49]);
});

test.each([
  ['before its beginning', -5, 30],
  ['at its beginning', 0, 30],
  ['beyond its end', 95, 45],
])('an estimate leaves room for what is there: %s', (_, estimate, place) => {
  const { first } = bufferOf(new PagedEvents(100), 40, 50, estimate);

  expect([first > 0, first < 90, Math.abs(first - place) <= 45]).toEqual([true, true, true]);
});

test('an earlier page moves no row', () => {
  const events = new PagedEvents(100);
  const buffer = bufferOf(events, 80, 100);

  expect(buffer.prepend(page(events, 60, 80))).toBe(0);
  expect(ends(buffer)).toEqual([60, 60, 100, 99]);
});

test('an earlier page that has the first event moves all rows to where they are', () => {
  const events = new PagedEvents(100);
  const buffer = bufferOf(events, 20, 40, 25);

  expect(buffer.prepend(page(events, 0, 20))).toBe(-5);
  expect(ends(buffer)).toEqual([0, 0, 40, 39]);
});

test('an empty page is the last one, so that it is asked for once', () => {
  const events = new PagedEvents(100);
  const buffer = bufferOf(events, 20, 40);
  buffer.prepend({ events: [], hasEarlier: true, hasLater: true, total: 100 });
  buffer.append({ events: [], hasEarlier: true, hasLater: true, total: 100 });

  expect([buffer.hasEarlier, buffer.hasLater]).toEqual([false, false]);
});

test('events that arrive come in their order, once', () => {
  const events = new PagedEvents(10);
  const buffer = bufferOf(events, 5, 10);
  const late = events.store(7);
  const next = events.store(10);
  buffer.arrive([next, late, next]);

  expect(buffer.rows.map(({ timestamp }) => timestamp)).toEqual([5, 6, 7, 7, 8, 9, 10]);
  expect([buffer.total, buffer.first, buffer.end]).toEqual([12, 5, 12]);
});

test('events that belong elsewhere are counted', () => {
  const events = new PagedEvents(100);
  const buffer = bufferOf(events, 40, 50);
  buffer.arrive([events.store(100), events.store(3)]);

  expect(ends(buffer)).toEqual([40, 40, 50, 49]);
  expect(buffer.total).toBe(102);
});

test('a count that was given up says so, until all events are here', () => {
  const events = new PagedEvents(100);
  const buffer = new EventBuffer(MOST_ROWS);
  buffer.replace({ ...page(events, 80, 100), total: 20, totalIsLeast: true }, 0);

  expect([buffer.isTotalLeast, buffer.total, buffer.first]).toEqual([true, 21, 1]);

  buffer.prepend({ ...page(events, 0, 80), totalIsLeast: true });

  expect([buffer.isTotalLeast, buffer.total]).toEqual([false, 100]);
});

test('rows that are far are let go, and may be asked for again', () => {
  const events = new PagedEvents(100);
  const buffer = bufferOf(events, 0, 100);
  buffer.keep(40, 60);

  expect(ends(buffer)).toEqual([40, 40, 60, 59]);
  expect([buffer.hasEarlier, buffer.hasLater, buffer.total]).toEqual([true, true, 100]);
});

test('a list of very many events has as many rows as a browser lays out', () => {
  const events = new PagedEvents(3_000);
  const buffer = bufferOf(events, 2_900, 3_000);

  expect([buffer.count, buffer.first, buffer.end, buffer.total]).toEqual([1_000, 900, 1_000, 3_000]);
});

test('its earlier events are reached nevertheless', () => {
  const events = new PagedEvents(3_000);
  const buffer = bufferOf(events, 2_900, 3_000);
  for (let from = 2_800; from >= 0; from -= 100) {
    buffer.prepend(page(events, from, from + 100));
    buffer.keep(buffer.first, buffer.first + 300);

    expect(buffer.first > 0 || from === 0).toBe(true);
    expect(buffer.at(buffer.first)?.timestamp).toBe(from);
  }

  expect(ends(buffer)).toEqual([0, 0, 300, 299]);
});

test('an index that is not here has no event, and an event that is not here no index', () => {
  const events = new PagedEvents(100);
  const buffer = bufferOf(events, 40, 50);

  expect([buffer.at(39), buffer.at(50)]).toEqual([undefined, undefined]);
  expect([39, 40, 49, 50].map((at) => buffer.indexOf(events.all[at]!.id))).toEqual([-1, 40, 49, -1]);
});
