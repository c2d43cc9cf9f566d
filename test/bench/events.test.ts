import { eventOf, lineOf, templates } from '../../bench/events.js';

const TIME_MS = Date.parse('2026-11-26T12:00:00.000Z');
const ids = Array.from({ length: 10_000 }, (_, id) => id);

test('an event has 250 to 400 bytes of JSON, whatever its id', () => {
  const sizes = [...ids, 199_999].map((id) => Buffer.byteLength(lineOf(eventOf(id), TIME_MS).message));

  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(250);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(400);
});

test('an event is the same each time, but for the object', () => {
  expect(eventOf(4_321)).toEqual(eventOf(4_321));
  expect(eventOf(4_321).fields).not.toBe(eventOf(4_321).fields);
});

test('events are the same in every process', () => {
  expect(lineOf(eventOf(0), TIME_MS).message).toMatchInlineSnapshot(
    `"{"timestamp":"2026-11-26T12:00:00.000Z","level":"info","message":"stock reserved until the payment arrives","eventId":0,"service":"checkout","requestId":"b6b95307-6a7f-0e7a-528e-26883376f11d","method":"GET","path":"/baskets/522647","status":204,"durationMs":149.248,"city":"Lisbon","product":"espresso machine","cache":"hit","attempt":2,"route":"/baskets/{id}"}"`,
  );
});

test('each event has its own id, and no two templates are alike', () => {
  const texts = new Set(
    templates().map(({ message, fields }) => JSON.stringify([message, { ...fields, eventId: 0 }])),
  );

  expect(new Set(ids.map((id) => eventOf(id).fields.eventId)).size).toBe(ids.length);
  expect(texts.size).toBe(templates().length);
});

test('some events have characters of several bytes', () => {
  const lines = templates().map((event) => lineOf(event, TIME_MS).message);
  const wide = lines.filter((line) => Buffer.byteLength(line) > line.length);

  expect(wide.length).toBeGreaterThan(lines.length / 4);
  expect(wide.length).toBeLessThan(lines.length);
});
