import { logStreamArn } from '../arns.js';
import type { InputOf } from '../api/shapes.js';
import type { Position, StoredLogEvent } from '../store/log-event.js';
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
import { namedGroup, ofClass } from './named-group.js';
import { operation } from './operation.js';
import { decodePosition, encodePosition, EventPage, invalidToken } from './pages.js';

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
    const from = startOf(Math.max(startTime, group.expiresBeforeMs(nowMs)));
    const owner = `GetLogEvents ${logStreamArn(store.place, group.identity.name, stream.name)}`;
    return answer(owner, pageOf(owner, stream, { from, to: startOf(endTime) }, input));
  },
});

interface Page {
  readonly events: readonly StoredLogEvent[];
  /** Position of an empty page. Both of its tokens lead back there. */
  readonly place: Position;
}

function pageOf(owner: string, stream: LogStream, span: Span, input: Input): Page {
  const { limit, nextToken: token, startFromHead = false } = input;
  if (token === undefined) {
    return { events: (startFromHead ? firstThatFit : lastThatFit)(stream, span, limit), place: startOf(0) };
  }
  const place = decodePosition(owner, token.slice(2));
  if (token.startsWith('f/'))
    return { events: firstThatFit(stream, { ...span, from: later(span.from, place) }, limit), place };
  if (!token.startsWith('b/')) throw invalidToken();
  return { events: lastThatFit(stream, { ...span, to: earlier(span.to, place) }, limit), place };
}

function firstThatFit(stream: LogStream, span: Span, limit: number | undefined): StoredLogEvent[] {
  return thoseThatFit(readForwards([stream], span), limit);
}

function lastThatFit(stream: LogStream, span: Span, limit: number | undefined): StoredLogEvent[] {
  return thoseThatFit(readBackwards([stream], span), limit).toReversed();
}

function thoseThatFit(all: Iterable<Found>, limit: number | undefined): StoredLogEvent[] {
  const page = new EventPage(limit);
  for (const found of all) {
    if (!page.fits(found)) break;
    page.add(found);
  }
  return page.found.map(({ event }) => event);
}

function answer(owner: string, { events, place }: Page): object {
  const [first, last] = [events[0], events.at(-1)];
  return {
    events: events.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
    nextForwardToken: `f/${encodePosition(owner, last === undefined ? place : after(last))}`,
    nextBackwardToken: `b/${encodePosition(owner, first ?? place)}`,
  };
}
