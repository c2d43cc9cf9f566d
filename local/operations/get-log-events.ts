import type { StoredLogEvent } from '../store/log-event.js';
import {
  booleanMember,
  type Input,
  integerMember,
  limitMember,
  nonNegative,
  streamNameMember,
  stringMember,
} from '../api/members.js';
import type { Operation } from './operation.js';
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
  lastThatFit,
  MAX_READ_EVENTS,
} from './pages.js';
import { readableGroup } from './readable-group.js';

/**
 * The start time is inclusive, the end time exclusive (documented). A token holds a position and the direction to read
 * on.
 */
export const getLogEvents: Operation = (input, { store, nowMs }) => {
  const group = readableGroup(store, input);
  const stream = group.stream(streamNameMember(input));
  const startTime = nonNegative(integerMember(input, 'startTime'), 'startTime') ?? 0;
  const endTime = nonNegative(integerMember(input, 'endTime'), 'endTime') ?? Number.POSITIVE_INFINITY;
  const inRange = group
    .visibleEvents(stream, nowMs)
    .filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
  return answer(pageOf(inRange, input));
};

interface Page {
  readonly events: readonly StoredLogEvent[];
  /** Position of an empty page. Both of its tokens lead back there. */
  readonly place: Boundary;
}

function pageOf(inRange: readonly StoredLogEvent[], input: Input): Page {
  const limit = limitMember(input, MAX_READ_EVENTS);
  const token = stringMember(input, 'nextToken');
  if (token === undefined) {
    const fromHead = booleanMember(input, 'startFromHead') ?? false;
    return { events: (fromHead ? firstThatFit : lastThatFit)(inRange, limit), place: BEFORE_ALL };
  }
  const place = decodeBoundary(token.slice(2));
  if (token.startsWith('f/')) {
    return {
      events: firstThatFit(
        inRange.filter((event) => !isBefore(event, place)),
        limit,
      ),
      place,
    };
  }
  if (!token.startsWith('b/')) throw invalidToken();
  return {
    events: lastThatFit(
      inRange.filter((event) => isBefore(event, place)),
      limit,
    ),
    place,
  };
}

function answer({ events, place }: Page): object {
  const [first, last] = [events[0], events.at(-1)];
  return {
    events: events.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
    nextForwardToken: `f/${encodeBoundary(last === undefined ? place : boundaryAfter(last))}`,
    nextBackwardToken: `b/${encodeBoundary(first === undefined ? place : boundaryBefore(first))}`,
  };
}
