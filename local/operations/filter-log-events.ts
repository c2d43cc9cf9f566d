import type { InputOf } from '../api/shapes.js';
import { parseFilterPattern } from '../filter-pattern.js';
import { invalidParameter } from '../service-error.js';
import { compareEvents, type StoredLogEvent } from '../store/log-event.js';
import type { LogGroup } from '../store/log-group.js';
import type { LogStream } from '../store/log-stream.js';
import { eventId } from './event-id.js';
import { namedGroup, ofClass } from './named-group.js';
import { operation } from './operation.js';
import {
  BEFORE_ALL,
  type Boundary,
  boundaryAfter,
  boundaryBefore,
  decodeBoundary,
  encodeBoundary,
  firstThatFit,
  invalidToken,
  isBefore,
  MAX_READ_EVENTS,
} from './pages.js';

type Input = InputOf<'FilterLogEvents'>;

/** Before this time, events cannot be had in descending order: 2024-01-01T00:00:00Z (documented). */
const EARLIEST_DESCENDING_MS = 1_704_067_200_000;

interface FoundEvent extends StoredLogEvent {
  readonly logStreamName: string;
}

/** Where a page begins, and whether it goes back in time. */
interface Start {
  readonly from: Boundary | undefined;
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
    'class STANDARD; names or prefix of streams, not both; the whole pattern language; both orders; pages of 10,000 events or 1 MiB; `searchedLogStreams` is empty',
  assumes:
    '`endTime` is inclusive (documented; once seen exclusive); a start after the end finds nothing; the descending order needs a `startTime`; nothing is masked',
  run(input, { store, nowMs }) {
    const group = ofClass(namedGroup(store, input), 'STANDARD');
    const start = startOf(input);
    const matches = selectionOf(input, start);
    const found = streamsOf(group, input)
      .flatMap((stream) => named(group.visibleEvents(stream, nowMs).filter(matches), stream.name))
      .toSorted((one, other) => compareEvents(one, other) * (start.descending ? -1 : 1));
    const page = firstThatFit(found, input.limit ?? MAX_READ_EVENTS);
    const last = page.at(-1);
    const nextToken =
      last !== undefined && page.length < found.length ? tokenAfter(last, start.descending) : undefined;
    return { events: page.map(describe), searchedLogStreams: [], nextToken };
  },
});

/** The token decides about the order, where there is one (documented). */
function startOf({ nextToken, startFromHead = true, startTime }: Input): Start {
  if (nextToken !== undefined) return placeOf(nextToken);
  if (!startFromHead && (startTime ?? 0) < EARLIEST_DESCENDING_MS)
    throw invalidParameter('startFromHead can be false only with a startTime from 2024-01-01T00:00:00Z on.');
  return { from: undefined, descending: !startFromHead };
}

function tokenAfter(last: StoredLogEvent, descending: boolean): string {
  return descending
    ? `b/${encodeBoundary(boundaryBefore(last))}`
    : `f/${encodeBoundary(boundaryAfter(last))}`;
}

function placeOf(token: string): Start {
  if (!/^[bf]\//.test(token)) throw invalidToken();
  return { from: decodeBoundary(token.slice(2)), descending: token.startsWith('b') };
}

function selectionOf(input: Input, { from, descending }: Start): (event: StoredLogEvent) => boolean {
  const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
  const matches = parseFilterPattern(input.filterPattern ?? '');
  return (event) =>
    event.timestamp >= startTime &&
    event.timestamp <= endTime &&
    (descending ? from === undefined || isBefore(event, from) : !isBefore(event, from ?? BEFORE_ALL)) &&
    matches(event.message);
}

/** Names and a prefix exclude each other (documented). The text is assumed. */
function streamsOf(group: LogGroup, { logStreamNames, logStreamNamePrefix }: Input): readonly LogStream[] {
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined)
    throw invalidParameter('Cannot specify both logStreamNames and logStreamNamePrefix.');
  if (logStreamNames !== undefined) return [...new Set(logStreamNames)].map((name) => group.stream(name));
  return group.streams.filter(({ name }) => name.startsWith(logStreamNamePrefix ?? ''));
}

function named(events: readonly StoredLogEvent[], logStreamName: string): FoundEvent[] {
  return events.map((event) => ({ ...event, logStreamName }));
}

function describe(event: FoundEvent): object {
  const { logStreamName, timestamp, message, ingestionTime } = event;
  return { logStreamName, timestamp, message, ingestionTime, eventId: eventId(event) };
}
