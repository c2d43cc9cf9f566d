import { invalidParameter, ServiceError } from '../service-error.js';
import { findEvent, type FoundInGroup } from '../store/event-search.js';
import { discoveredFields } from '../lines/discovered-fields.js';
import { parseEventId } from '../store/event-id.js';
import { operation } from './operation.js';

/** Here, the pointer of an event is its id in FilterLogEvents. */
export const getLogRecord = operation('GetLogRecord', {
  honours: ['logRecordPointer', 'unmask'],
  enforces:
    'the fields `@message`, `@timestamp`, `@ingestionTime`, `@logStream`, `@log`, `@ptr`, and up to 200 of a JSON line',
  assumes: 'the `eventId` of FilterLogEvents is the pointer; names of the refusals; nothing is masked',
  run({ logRecordPointer }, { store, nowMs }) {
    const position = parseEventId(logRecordPointer);
    if (position === undefined)
      throw invalidParameter(`The logRecordPointer is malformed: '${logRecordPointer}'`);
    const found = findEvent(store.groups, position, nowMs);
    if (found === undefined)
      throw new ServiceError('ResourceNotFoundException', 'The specified log record does not exist.');
    return { logRecord: fieldsOf(found, logRecordPointer) };
  },
});

function fieldsOf({ group, stream, event }: FoundInGroup, pointer: string): Record<string, string> {
  return {
    ...Object.fromEntries(discoveredFields(event.message)),
    '@message': event.message,
    '@timestamp': String(event.timestamp),
    '@ingestionTime': String(event.ingestionTime),
    '@logStream': stream.name,
    '@log': group.log,
    '@ptr': pointer,
  };
}
