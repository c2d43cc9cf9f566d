import * as fc from 'fast-check';
import type { LogEvent } from '../../../runtime/batch/log-event.js';
import { crc32 } from '../../../contract/crc32.js';
import {
  salvage,
  salvaging,
  segmentHead,
  segmentOf,
  segmentRecord,
} from '../../../runtime/spool/segment-text.js';
import { batchOf, event, eventLists, inOrder, NOW_MS, TARGET } from '../../support/events.js';

const fields = ({ timestamp, bytes, rank, encoded, encodedBytes }: LogEvent): object => ({
  timestamp,
  bytes,
  rank,
  encoded,
  encodedBytes,
});

const sum = (text: string): string => crc32(Buffer.from(text)).toString(16).padStart(8, '0');

describe('laws', () => {
  test('what is read from a segment is the batch: its target, and its events in their order', () => {
    fc.assert(
      fc.property(eventLists, (events) => {
        const { target, events: read, damagedLines } = salvage(segmentOf(batchOf(events)));
        expect([target, damagedLines]).toEqual([TARGET, 0]);
        expect(read.map(fields)).toEqual(inOrder(events).map(fields));
      }),
    );
  });

  test('a segment that is written event by event reads as the events as they came', () => {
    fc.assert(
      fc.property(eventLists, (events) => {
        const { target, events: read } = salvage(
          Buffer.concat([segmentHead(TARGET), ...events.map(segmentRecord)]),
        );
        expect(target).toEqual(TARGET);
        expect(read.map(fields)).toEqual(events.map(fields));
      }),
    );
  });

  test('torn anywhere, it has the events before the tear, all of them and whole', () => {
    fc.assert(
      fc.property(eventLists, fc.nat(), (events, at) => {
        const parts = [segmentHead(TARGET), ...events.map(segmentRecord)];
        const whole = Buffer.concat(parts);
        const cut = at % (whole.length + 1);
        let end = 0;
        const before = parts.filter((part) => (end += part.length) <= cut).length;
        const { target, events: read } = salvage(whole.subarray(0, cut));
        expect(target).toEqual(before > 0 ? TARGET : undefined);
        expect(read.map(fields)).toEqual(events.slice(0, Math.max(0, before - 1)).map(fields));
      }),
      { numRuns: 500 },
    );
  });

  test('with bytes altered, each event that is read is one that was written, and those of untouched lines are all there', () => {
    const damages = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(eventLists, damages, (events, alterations) => {
        const parts = [segmentHead(TARGET), ...events.map(segmentRecord)];
        const damaged = Buffer.concat(parts);
        const original = Buffer.from(damaged);
        for (const [at, mask] of alterations) damaged[at % damaged.length]! ^= mask;
        let end = 0;
        const isTouched = parts.map((part) => {
          const start = end;
          end += part.length;
          // A line also begins anew if the end of the one before it is gone.
          return !damaged
            .subarray(Math.max(0, start - 1), end)
            .equals(original.subarray(Math.max(0, start - 1), end));
        });
        const { events: read } = salvage(damaged);
        const written = events.map(({ encoded, rank }) => `${rank} ${encoded.toString()}`);
        const found = read.map(({ encoded, rank }) => `${rank} ${encoded.toString()}`);
        expect(found.every((each) => written.includes(each))).toBe(true);
        const untouched = written.filter((_, index) => !isTouched[index + 1]);
        expect(found.filter((each) => untouched.includes(each)).length).toBeGreaterThanOrEqual(
          untouched.length,
        );
        expect(found.length).toBeLessThanOrEqual(events.length);
      }),
      { numRuns: 500 },
    );
  });

  test('of any bytes at all, nothing is read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(salvage(Buffer.from(bytes)).events).toEqual([]);
      }),
    );
  });
});

test('a person can read it', () => {
  const head = 'fapilog-spool 1 {"logGroupName":"/myapp/production","logStreamName":"api-server"}';
  const first = '2 {"timestamp":1768478400000,"message":"{\\"message\\":\\"order placed\\"}"}';
  const second = '4 {"timestamp":1768478400001,"message":"a\\nb €"}';
  const events = [event('{"message":"order placed"}', NOW_MS, 2), event('a\nb €', NOW_MS + 1, 4)];
  expect(segmentOf(batchOf(events)).toString()).toBe(
    [head, first, second].map((line) => `${sum(line)} ${line}\n`).join(''),
  );
});

test('an event without its head is an event still', () => {
  const torn = Buffer.concat([segmentHead(TARGET).subarray(1), segmentRecord(event('a'))]);
  expect(salvage(torn)).toEqual({
    target: undefined,
    events: [expect.objectContaining({ rank: 2 })],
    damagedLines: 1,
    damagedEvents: 0,
  });
});

test.each([
  ['no rank', '{"timestamp":1,"message":"a"}'],
  ['a time that is none', '2 {"timestamp":"1","message":"a"}'],
  ['no message', '2 {"timestamp":1}'],
  ['no JSON', '2 {"timestamp":1,'],
  ['a version that is not known', 'fapilog-spool 2 {"logGroupName":"/g","logStreamName":"s"}'],
  ['a target that is none', 'fapilog-spool 1 {"logGroupName":"/g"}'],
])('a line with a good checksum and %s is damaged', (_, line) => {
  expect(salvage(Buffer.from(`${sum(line)} ${line}\n`))).toEqual({
    target: undefined,
    events: [],
    damagedLines: 1,
    damagedEvents: 0,
  });
});

test('it can be read line by line', () => {
  const steps = salvaging(segmentOf(batchOf([event('a'), event('b')])));
  const taken = [steps.next(), steps.next(), steps.next()].map(({ done }) => done);
  const last = steps.next();
  expect(taken).toEqual([false, false, false]);
  expect(last).toMatchObject({ done: true, value: { target: TARGET, damagedLines: 0 } });
});

test.each([
  ['a time that is no integer', '{"timestamp":1.5,"message":"a"}'],
  ['a negative time', '{"timestamp":-1,"message":"a"}'],
  ['an endless time', '{"timestamp":1e999,"message":"a"}'],
  ['no time', '{"message":"a"}'],
  ['no message', '{"timestamp":1}'],
  ['a message of another type', '{"timestamp":1,"message":{}}'],
  ['a message that is too large', JSON.stringify({ timestamp: 1, message: 'x'.repeat(1_048_551) })],
])('an event with %s is none, however whole its line is', (_, json) => {
  const rest = `1 ${json}`;
  const segment = Buffer.concat([segmentHead(TARGET), Buffer.from(`${sum(rest)} ${rest}\n`)]);
  expect(salvage(segment)).toEqual({ target: TARGET, events: [], damagedLines: 1, damagedEvents: 1 });
});

test('a head and a last line that was never finished were no events', () => {
  const { damagedLines, damagedEvents } = salvage(Buffer.from('altered head\naltered event\nunfinish'));
  expect([damagedLines, damagedEvents]).toEqual([3, 1]);
});

describe('the service that wrote the events', () => {
  const entityText =
    '{"keyAttributes":{"Type":"Service","Name":"a\\"ö"},"attributes":{"PlatformType":"K8s"}}';

  test('is read from the head', () => {
    expect(salvage(segmentHead({ ...TARGET, entityText })).target).toEqual({ ...TARGET, entityText });
  });

  test.each([
    '[]',
    '5',
    '"api"',
    'null',
    '{"keyAttributes":[]}',
    '{"keyAttributes":{"Name":5}}',
    `{"keyAttributes":{"Name":"${'x'.repeat(2_048)}"}}`,
  ])('is not read from %s', (text) => {
    expect(salvage(segmentHead({ ...TARGET, entityText: text })).target).toEqual(TARGET);
  });
});
