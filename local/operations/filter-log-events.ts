import type { InputOf } from '../api/shapes.js';
import { parseFilterPattern } from '../filter-pattern/filter-pattern.js';
import { invalidParameter } from '../service-error.js';
import type { Position } from '../store/log-event.js';
import type { LogGroup } from '../store/log-group.js';
import type { LogStream } from '../store/log-stream.js';
import {
  after,
  earlier,
  type Found,
  later,
  readBackwards,
  readForwards,
  type Span,
  startOf,
} from '../store/reading.js';
import { eventId } from '../store/event-id.js';
import { namedGroup, ofClass } from './named-group.js';
import { operation } from './operation.js';
import { decodePosition, encodePosition, EventPage, invalidToken } from './pages.js';
import { Scan } from './scan.js';

type Input = InputOf<'FilterLogEvents'>;

/** Before this time, events cannot be had in descending order: 2024-01-01T00:00:00Z (documented). */
const EARLIEST_DESCENDING_MS = 1_704_067_200_000;

/** Where a page begins, and whether it goes back in time. */
interface Start {
  readonly place: Position | undefined;
  readonly descending: boolean;
}

export const filterLogEvents = operation('FilterLogEvents', {
  honours: [
    'logGroupName',
    'logGroupIdentifier',
    'logStreamNames',
    'logStreamNamePrefix',
    'startTime',
    'endTime',
    'filterPattern',
    'startFromHead',
    'limit',
    'nextToken',
    'unmask',
  ],
  ignores: ['interleaved'],
  enforces:
    'class STANDARD; names or prefix of streams, not both; the whole pattern language; both orders; pages of 10,000 events or 1 MiB, from 100,000 or 16 MiB that are looked at; `searchedLogStreams` is empty',
  assumes:
    '`endTime` is inclusive (documented; once seen exclusive); a start after the end finds nothing; the descending order needs a `startTime`; nothing is masked',
  run(input, { store, nowMs }) {
    const group = ofClass(namedGroup(store, input), 'STANDARD');
    const owner = `FilterLogEvents ${group.arn}`;
    const { place, descending } = beginningOf(owner, input);
    const span = spanOf(input, group.expiresBeforeMs(nowMs));
    const streams = streamsOf(group, input);
    const found = descending
      ? readBackwards(streams, { ...span, to: earlier(span.to, place ?? span.to) })
      : readForwards(streams, { ...span, from: later(span.from, place ?? span.from) });
    const page = new EventPage(input.limit);
    const next = fill(page, found, parseFilterPattern(input.filterPattern ?? '').matches);
    const nextToken = next && tokenOf(owner, next.event, descending);
    return { events: page.found.map(describe), searchedLogStreams: [], nextToken };
  },
});

/** The token decides about the order, where there is one (documented). */
function beginningOf(owner: string, { nextToken, startFromHead = true, startTime }: Input): Start {
  if (nextToken !== undefined) return placeOf(owner, nextToken);
  if (!startFromHead && (startTime ?? 0) < EARLIEST_DESCENDING_MS)
    throw invalidParameter('startFromHead can be false only with a startTime from 2024-01-01T00:00:00Z on.');
  return { place: undefined, descending: !startFromHead };
}

/** Returns the event with which the next page begins; `undefined` if there is none. */
function fill(
  page: EventPage,
  all: Iterable<Found>,
  matches: (message: string) => boolean,
): Found | undefined {
  const scan = new Scan();
  for (const found of all) {
    if (!scan.takes(found.event.message)) return found;
    if (!matches(found.event.message)) continue;
    if (!page.fits(found)) return found;
    page.add(found);
  }
  return undefined;
}

function spanOf({ startTime = 0, endTime = Number.POSITIVE_INFINITY }: Input, expiresBeforeMs: number): Span {
  return { from: startOf(Math.max(startTime, expiresBeforeMs)), to: startOf(endTime + 1) };
}

function tokenOf(owner: string, next: Position, descending: boolean): string {
  return descending ? `b/${encodePosition(owner, after(next))}` : `f/${encodePosition(owner, next)}`;
}

function placeOf(owner: string, token: string): Start {
  if (!/^[bf]\//.test(token)) throw invalidToken();
  return { place: decodePosition(owner, token.slice(2)), descending: token.startsWith('b') };
}

/** Names and a prefix exclude each other (documented). The text is assumed. */
function streamsOf(group: LogGroup, { logStreamNames, logStreamNamePrefix }: Input): readonly LogStream[] {
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined)
    throw invalidParameter('Cannot specify both logStreamNames and logStreamNamePrefix.');
  if (logStreamNames !== undefined) return [...new Set(logStreamNames)].map((name) => group.stream(name));
  return group.streams.filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ''));
}

function describe({ event, stream }: Found): object {
  const { timestamp, message, ingestionTime } = event;
  return { logStreamName: stream.name, timestamp, message, ingestionTime, eventId: eventId(event) };
}
