import { judge } from '../../bench/endpoint/judge.js';
import { putBodyOf, type OtlpBody } from '../../bench/endpoint/otlp.js';

const record = (eventId: number | string): object => ({
  timeUnixNano: '1795334400123000000',
  body: { stringValue: 'order placed' },
  attributes: [
    { key: 'service', value: { stringValue: 'checkout' } },
    { key: 'eventId', value: { intValue: eventId } },
  ],
});

const body = (...ids: (number | string)[]): OtlpBody =>
  ({ resourceLogs: [{ scopeLogs: [{ logRecords: ids.map(record) }] }] }) as unknown as OtlpBody;

test('events of an OTLP export are found by their number, of either form, and have their time', () => {
  expect(putBodyOf(body(0, '1'))).toEqual({
    logEvents: [
      { timestamp: 1_795_334_400_123, message: '{"eventId":0}' },
      { timestamp: 1_795_334_400_123, message: '{"eventId":1}' },
    ],
  });
});

test('they are judged as those of any contestant', () => {
  const bodies = [body(0, 1), body(1, 3)].map(putBodyOf);

  expect(judge(bodies, 4)).toMatchObject({ delivered: 3, lost: 1, duplicated: 1, refused: 0 });
});
