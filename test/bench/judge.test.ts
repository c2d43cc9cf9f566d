import { brokenRules, judge, type PutBody } from '../../bench/endpoint/judge.js';

const TIME_MS = 1_700_000_000_000;
const DAY_MS = 86_400_000;

function call(...ids: number[]): PutBody {
  return { logEvents: ids.map((id) => ({ timestamp: TIME_MS + id, message: `{"eventId":${id}}` })) };
}

function ofBytes(bytes: number): PutBody['logEvents'][number] {
  return { timestamp: TIME_MS, message: 'x'.repeat(bytes) };
}

function at(...times: number[]): PutBody['logEvents'] {
  return times.map((timestamp) => ({ timestamp, message: 'x' }));
}

describe('the judge', () => {
  test('finds nothing when each event arrived once and in order', () => {
    expect(judge([call(0, 1), call(2, 3)], 4)).toEqual({
      calls: 2,
      idealCalls: 1,
      delivered: 4,
      lost: 0,
      duplicated: 0,
      refused: 0,
      outOfOrder: 0,
      reasons: [],
    });
  });

  test('finds what is lost', () => {
    expect(judge([call(0, 3)], 4)).toMatchObject({ delivered: 2, lost: 2 });
  });

  test('finds what arrived again', () => {
    expect(judge([call(0, 1), call(0, 1)], 2)).toMatchObject({ delivered: 2, lost: 0, duplicated: 2 });
  });

  test('finds what was overtaken', () => {
    expect(judge([call(2, 3), call(0, 1), call(4)], 5)).toMatchObject({ delivered: 5, outOfOrder: 2 });
    expect(judge([call(1), call(0)], 2)).toMatchObject({ delivered: 2, outOfOrder: 1 });
  });

  test('takes the events of a refused call for lost', () => {
    const unordered = { logEvents: call(1, 0).logEvents };

    expect(judge([unordered, call(2)], 3)).toMatchObject({
      delivered: 1,
      lost: 2,
      refused: 2,
      reasons: ['events of a call not in chronological order'],
    });
  });

  test.each(['no id', '{"eventId":4}'])('refuses an event that nobody logged: %s', (message) => {
    expect(judge([{ logEvents: [{ timestamp: TIME_MS, message }] }], 4)).toMatchObject({
      delivered: 0,
      refused: 1,
      reasons: ['a message without the id of an event'],
    });
  });

  test('reads the id of indented JSON, and of nested fields', () => {
    const messages = ['{\n  "eventId": 0\n}', '{"properties":{"eventId":1}}'];
    const logEvents = messages.map((message) => ({ timestamp: TIME_MS, message }));

    expect(judge([{ logEvents }], 2)).toMatchObject({ delivered: 2, refused: 0 });
  });

  test.each([
    [10_000, 1, 1],
    [10_001, 1, 2],
    [2, 1_048_550, 2],
    [4, 262_118, 1],
    [4, 262_119, 2],
  ])('knows the fewest calls of %i events of %i bytes', (count, bytes, idealCalls) => {
    const bodies = Array.from({ length: count }, () => ({ logEvents: [ofBytes(bytes)] }));

    expect(judge(bodies, 0)).toMatchObject({ calls: count, idealCalls });
  });
});

describe('the rules of the service', () => {
  test.each<[string, PutBody['logEvents'], string[]]>([
    ['10,000 events', Array.from({ length: 10_000 }, () => ofBytes(1)), []],
    ['10,001 events', Array.from({ length: 10_001 }, () => ofBytes(1)), ['more than 10000 events in a call']],
    ['no event', [], ['a call without events']],
    ['1,048,576 bytes, 26 of them for each event', [ofBytes(524_262), ofBytes(524_262)], []],
    ['a byte more', [ofBytes(524_262), ofBytes(524_263)], ['more than 1048576 bytes in a call']],
    [
      'an event that is too large',
      [ofBytes(1_048_551)],
      ['more than 1048576 bytes in a call', 'an event of more than 1048576 bytes'],
    ],
    ['the same time twice', at(5, 5), []],
    ['a time before the last one', at(5, 4), ['events of a call not in chronological order']],
    ['24 hours', at(0, DAY_MS), []],
    ['a millisecond more', at(0, DAY_MS + 1), ['events of a call more than 24 hours apart']],
    ['an empty message', [ofBytes(0)], ['an event without a message']],
    ['half a millisecond', at(0.5), ['a timestamp that is not a whole number of milliseconds']],
  ])('%s', (_, logEvents, broken) => {
    expect(brokenRules(logEvents)).toEqual(broken);
  });

  test('bytes are those of UTF-8', () => {
    expect(brokenRules([{ timestamp: TIME_MS, message: 'é'.repeat(524_276) }])).not.toEqual([]);
    expect(brokenRules([{ timestamp: TIME_MS, message: 'é'.repeat(524_275) }])).toEqual([]);
  });
});
