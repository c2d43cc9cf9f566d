import { invalidParameter, ServiceError } from '../service-error.js';
import type { StoredLogEvent } from '../store/log-event.js';
import type { LogGroup } from '../store/log-group.js';
import type { LogStream } from '../store/log-stream.js';
import type { Store } from '../store/store.js';
import { discoveredFields } from './discovered-fields.js';
import { parseEventId } from './event-id.js';
import { operation } from './operation.js';

interface Found {
  readonly group: LogGroup;
  readonly stream: LogStream;
  readonly event: StoredLogEvent;
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

function find(store: Store, pointer: string, nowMs: number): Found | undefined {
  const position = parseEventId(pointer);
  if (position === undefined) throw invalidParameter(`The logRecordPointer is malformed: '${pointer}'`);
  for (const group of store.groups) {
    for (const stream of group.streams) {
      const event = group
        .visibleEvents(stream, nowMs)
        .find(({ timestamp, arrival }) => timestamp === position.timestamp && arrival === position.arrival);
      if (event !== undefined) return { group, stream, event };
    }
  }
  return undefined;
}

function fieldsOf({ group, stream, event }: Found, pointer: string): Record<string, string> {
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
