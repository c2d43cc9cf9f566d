import { parseEventId } from '../store/event-id.js';
import type { Position } from '../store/log-event.js';
import { after, readForwards } from '../store/reading.js';
import type { Stores } from '../store/stores.js';
import type { EventRow } from './answers.js';
import { eventRow, type FoundEvent } from './event-rows.js';
import { BadQuestion } from './question.js';
import { groupIdOf, type Source } from './source.js';

/**
 * The event that a pointer of Logs Insights leads to.
 *
 * @throws BadQuestion if it is no pointer, or the event has left the server
 */
export function eventAt(stores: Stores, query: URLSearchParams, nowMs: number): EventRow {
  const ptr = query.get('ptr') ?? '';
  const position = parseEventId(ptr);
  if (position === undefined) throw new BadQuestion(`ptr must be the @ptr of an event, not ${ptr}.`, 'ptr');
  const found = find(stores, position, nowMs);
  if (found === undefined) throw new BadQuestion('The event is no longer in the server.', 'ptr');
  return eventRow(found);
}

function find(stores: Stores, position: Position, nowMs: number): FoundEvent | undefined {
  for (const source of sourcesOf(stores)) {
    if (position.timestamp < source.group.expiresBeforeMs(nowMs)) continue;
    const [found] = readForwards([source.stream], { from: position, to: after(position) });
    if (found !== undefined) return { source, event: found.event };
  }
  return undefined;
}

function* sourcesOf({ all }: Stores): Generator<Source> {
  for (const group of all.flatMap(({ groups }) => groups)) {
    const groupId = groupIdOf(group.identity.place, group.identity.name);
    for (const stream of group.streams) yield { groupId, group, stream };
  }
}
