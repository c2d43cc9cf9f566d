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
    `"{"timestamp":"2026-11-26T12:00:00.000Z","level":"error","message":"order placed and handed to the warehouse","eventId":0,"service":"checkout","requestId":"b6b95307-6a7f-0e7a-528e-26883376f11d","method":"PUT","path":"/baskets/731489","status":204,"durationMs":137.383,"city":"São Paulo","product":"crème brûlée torch","cache":"stale","attempt":3,"route":"/baskets/{id}"}"`,
  );
});

test('each event has its own id, and no two templates are alike', () => {
  const texts = new Set(
    templates().map(({ message, fields }) => JSON.stringify([message, { ...fields, eventId: 0 }])),
  );

  expect(new Set(ids.map((id) => eventOf(id).fields.eventId)).size).toBe(ids.length);
  expect(texts.size).toBe(templates().length);
});

test('levels are mixed, and follow no pattern', () => {
  const levels = templates().map(({ level }) => level);
  const share = (level: string) => levels.filter((each) => each === level).length / levels.length;
  const changes = levels.filter((level, index) => level !== levels[index - 1]).length / levels.length;

  expect(share('info')).toBeCloseTo(0.7, 1);
  expect(share('warn')).toBeCloseTo(0.2, 1);
  expect(share('error')).toBeCloseTo(0.1, 1);
  // One in two, if each is drawn by itself.
  expect(changes).toBeCloseTo(0.46, 1);
});

test('some events have characters of several bytes', () => {
  const lines = templates().map((event) => lineOf(event, TIME_MS).message);
  const wide = lines.filter((line) => Buffer.byteLength(line) > line.length);

  expect(wide.length).toBeGreaterThan(lines.length / 4);
  expect(wide.length).toBeLessThan(lines.length);
});
