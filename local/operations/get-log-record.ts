import { invalidParameter, ServiceError } from '../service-error.js';
import type { LogGroup } from '../store/log-group.js';
import { after, type Found, readForwards } from '../store/reading.js';
import type { Store } from '../store/store.js';
import { discoveredFields } from '../lines/discovered-fields.js';
import { parseEventId } from '../store/event-id.js';
import { operation } from './operation.js';

interface FoundInGroup extends Found {
  readonly group: LogGroup;
}

/** Here, the pointer of an event is its id in FilterLogEvents. */
export const getLogRecord = operation('GetLogRecord', {
  honours: ['logRecordPointer', 'unmask'],
  enforces:
    'the fields `@message`, `@timestamp`, `@ingestionTime`, `@logStream`, `@log`, `@ptr`, and up to 200 of a JSON line',
  assumes: 'the `eventId` of FilterLogEvents is the pointer; names of the refusals; nothing is masked',
  run({ logRecordPointer }, { store, nowMs }) {
    const found = find(store, logRecordPointer, nowMs);
    if (found === undefined)
      throw new ServiceError('ResourceNotFoundException', 'The specified log record does not exist.');
    return { logRecord: fieldsOf(found, logRecordPointer) };
  },
});

function find(store: Store, pointer: string, nowMs: number): FoundInGroup | undefined {
  const position = parseEventId(pointer);
  if (position === undefined) throw invalidParameter(`The logRecordPointer is malformed: '${pointer}'`);
  for (const group of store.groups) {
    for (const stream of group.streams) {
      const [found] = readForwards([stream], { from: position, to: after(position) });
      if (found !== undefined && position.timestamp >= group.expiresBeforeMs(nowMs))
        return { group, ...found };
    }
  }
  return undefined;
}

function fieldsOf({ group, stream, event }: FoundInGroup, pointer: string): Record<string, string> {
  const { name, place } = group.identity;
  return {
    ...Object.fromEntries(discoveredFields(event.message)),
    '@message': event.message,
    '@timestamp': String(event.timestamp),
    '@ingestionTime': String(event.ingestionTime),
    '@logStream': stream.name,
    '@log': `${place.accountId}:${name}`,
    '@ptr': pointer,
  };
}
