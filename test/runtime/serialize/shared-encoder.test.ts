import type { LogRecord } from '../../../runtime/log-record.js';
import { EventEncoder } from '../../../runtime/serialize/event-encoder.js';
import { HandedRecord } from '../../../runtime/serialize/shared-encoder.js';
import { NOW_MS } from '../../support/events.js';

const record: LogRecord = { timeMs: NOW_MS, level: 'info', message: 'order placed', fields: [] };

function textOf(handed: HandedRecord, encoder: EventEncoder): string | undefined {
  const event = handed.encode(encoder);
  return event?.encoded.toString('utf8', 0, event.encodedBytes);
}

test('a record is encoded once, and again once another one has overwritten its bytes', () => {
  const encoder = new EventEncoder();
  const handed = new HandedRecord(record);
  const event = handed.encode(encoder);
  const text = textOf(handed, encoder);

  expect(handed.encode(encoder)).toBe(event);
  encoder.encode({ ...record, message: 'order paid' });
  expect(textOf(handed, encoder)).toBe(text);
  expect(handed.encode(encoder)).not.toBe(event);
});

test('a record with errors is serialized once for each action', () => {
  const handed = new HandedRecord({ ...record, fields: [{ error: new Error('no') }] });
  const encoder = new EventEncoder();

  expect(handed.encode(encoder)).toBeUndefined();
  expect(handed.serialize('split')).toBe(handed.serialize('split'));
  expect(handed.serialize('drop')).not.toBe(handed.serialize('split'));
});
