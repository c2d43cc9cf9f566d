import { parseEventId } from '../store/event-id.js';
import { findEvent } from '../store/event-search.js';
import type { Stores } from '../store/stores.js';
import type { EventRow } from './answers.js';
import { eventRow } from './event-rows.js';
import { BadQuestion } from './question.js';
import { groupIdOf } from './source.js';

/**
 * The event that a pointer of Logs Insights leads to.
 *
 * @throws BadQuestion if it is no pointer, or the event has left the server
 */
export function eventAt(stores: Stores, query: URLSearchParams, nowMs: number): EventRow {
  const ptr = query.get('ptr') ?? '';
  const position = parseEventId(ptr);
  if (position === undefined) throw new BadQuestion(`ptr must be the @ptr of an event, not ${ptr}.`, 'ptr');
  const groups = stores.all.flatMap((store) => store.groups);
  const found = findEvent(groups, position, nowMs);
  if (found === undefined) throw new BadQuestion('The event is no longer in the server.', 'ptr');
  const { group, stream, event } = found;
  return eventRow({
    source: { groupId: groupIdOf(group.identity.place, group.identity.name), group, stream },
    event,
  });
}
