import type { InputOf } from '../api/shapes.js';
import type { StoredLogEvent } from '../store/log-event.js';
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
  lastThatFit,
  MAX_READ_EVENTS,
} from './pages.js';

type Input = InputOf<'GetLogEvents'>;

/** A token holds a position and the direction to read on. */
export const getLogEvents = operation('GetLogEvents', {
  honours: [
    'logGroupName',
    'logGroupIdentifier',
    'logStreamName',
    'startTime',
    'endTime',
    'startFromHead',
    'limit',
    'nextToken',
    'unmask',
  ],
  enforces:
    'class STANDARD; start inclusive, end exclusive; pages of 10,000 events or 1 MiB, in both directions, with tokens that end as they began',
  assumes: 'a start after the end finds nothing; nothing is masked',
  run(input, { store, nowMs }) {
    const group = ofClass(namedGroup(store, input), 'STANDARD');
    const stream = group.stream(input.logStreamName);
    const { startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
    const inRange = group
      .visibleEvents(stream, nowMs)
      .filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
    return answer(pageOf(inRange, input));
  },
});

interface Page {
  readonly events: readonly StoredLogEvent[];
  /** Position of an empty page. Both of its tokens lead back there. */
  readonly place: Boundary;
}

function pageOf(inRange: readonly StoredLogEvent[], input: Input): Page {
  const { limit = MAX_READ_EVENTS, nextToken: token, startFromHead = false } = input;
  if (token === undefined) {
    return { events: (startFromHead ? firstThatFit : lastThatFit)(inRange, limit), place: BEFORE_ALL };
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
