import { parseFilterPattern } from '../filter-pattern.js';
import { compareEvents, type StoredLogEvent } from '../store/log-event.js';
import {
  constraintBroken,
  type Input,
  integerMember,
  legalStreamName,
  limitMember,
  listMember,
  nonNegative,
  stringItem,
  stringMember,
} from '../api/members.js';
import type { Operation } from './operation.js';
import {
  BEFORE_ALL,
  boundaryAfter,
  decodeBoundary,
  encodeBoundary,
  firstThatFit,
  isBefore,
  MAX_READ_EVENTS,
} from './pages.js';
import { readableGroup } from './readable-group.js';
import { invalidParameter } from '../service-error.js';
import type { LogGroup } from '../store/log-group.js';
import type { LogStream } from '../store/log-stream.js';

const MAX_STREAM_NAMES = 100;

interface FoundEvent extends StoredLogEvent {
  readonly logStreamName: string;
}

/** Interleaves the streams, by timestamp and then by arrival. */
export const filterLogEvents: Operation = (input, { store, nowMs }) => {
  const group = readableGroup(store, input);
  const limit = limitMember(input, MAX_READ_EVENTS);
  const matches = selectionOf(input);
  const found = streamsOf(group, input)
    .flatMap((stream) => named(group.visibleEvents(stream, nowMs).filter(matches), stream.name))
    .toSorted(compareEvents);
  const page = firstThatFit(found, limit);
  const last = page.at(-1);
  const nextToken =
    last !== undefined && page.length < found.length ? encodeBoundary(boundaryAfter(last)) : undefined;
  return { events: page.map(describe), searchedLogStreams: [], nextToken };
};

/** Unlike in GetLogEvents, the end time is inclusive (documented). */
function selectionOf(input: Input): (event: StoredLogEvent) => boolean {
  const startTime = nonNegative(integerMember(input, 'startTime'), 'startTime') ?? 0;
  const endTime = nonNegative(integerMember(input, 'endTime'), 'endTime') ?? Number.POSITIVE_INFINITY;
  const matches = parseFilterPattern(stringMember(input, 'filterPattern') ?? '');
  const token = stringMember(input, 'nextToken');
  const from = token === undefined ? BEFORE_ALL : decodeBoundary(token);
  return (event) =>
    event.timestamp >= startTime &&
    event.timestamp <= endTime &&
    !isBefore(event, from) &&
    matches(event.message);
}

/** Names and a prefix exclude each other (documented). The text is assumed. */
function streamsOf(group: LogGroup, input: Input): readonly LogStream[] {
  const names = streamNamesMember(input);
  const prefix = stringMember(input, 'logStreamNamePrefix');
  if (names !== undefined && prefix !== undefined) {
    throw invalidParameter('Cannot specify both logStreamNames and logStreamNamePrefix.');
  }
  if (names !== undefined) return [...new Set(names)].map((name) => group.stream(name));
  return group.streams.filter(({ name }) => name.startsWith(prefix ?? ''));
}

/** The bounds of 1 and 100 names are from the API. */
function streamNamesMember(input: Input): string[] | undefined {
  const names = listMember(input, 'logStreamNames');
  if (names === undefined) return undefined;
  if (names.length < 1 || names.length > MAX_STREAM_NAMES) {
    throw constraintBroken(
      names,
      'logStreamNames',
      `Member must have length between 1 and ${MAX_STREAM_NAMES}`,
    );
  }
  return names.map((name) => legalStreamName(stringItem(name), 'logStreamNames'));
}

function named(events: readonly StoredLogEvent[], logStreamName: string): FoundEvent[] {
  return events.map((event) => ({ ...event, logStreamName }));
}

function describe({ logStreamName, timestamp, message, ingestionTime, arrival }: FoundEvent): object {
  const eventId = `${String(timestamp).padStart(28, '0')}${String(arrival).padStart(28, '0')}`;
  return { logStreamName, timestamp, message, ingestionTime, eventId };
}
