import {
  parseAmount,
  parseAmountOrNone,
  parseBatchSize,
  parseBatchTimeout,
  parseMessageBytes,
  type PlanOptions,
  questionOf,
} from '../../../cli/plan/plan-options.js';

const OPTIONS: PlanOptions = {
  writers: 3,
  bytes: 400,
  batchTimeoutSeconds: 2,
  batchSize: 10_000,
  arrivals: 'random',
  quota: 5_000,
  others: 7,
  streamQuota: 50,
  pricePerGb: 0.5,
};

describe('an amount', () => {
  test.each(['1', '0.5', '1000000000'])('%s', (text) => {
    expect(parseAmount(text)).toBe(Number(text));
    expect(parseAmountOrNone(text)).toBe(Number(text));
  });

  test.each(['', '-1', 'many', '1e3', '3,000', '1000000001', 'Infinity', '.5', '5.', '0x10'])(
    '"%s" is none',
    (text) => {
      expect(() => parseAmount(text)).toThrow('Allowed: a number above 0, up to 1,000,000,000');
      expect(() => parseAmountOrNone(text)).toThrow('Allowed: a number from 0 to 1,000,000,000');
    },
  );

  test('0 is one of calls that others make, and no rate', () => {
    expect(parseAmountOrNone('0')).toBe(0);
    expect(() => parseAmount('0')).toThrow('above 0');
    expect(() => parseAmount('0.0')).toThrow('above 0');
  });
});

describe('the bytes of a message', () => {
  test.each(['1', '400', '1048550'])('%s', (text) => {
    expect(parseMessageBytes(text)).toBe(Number(text));
  });

  test.each(['0', '1048551', '1.5', '4k', ''])('"%s" are none', (text) => {
    expect(() => parseMessageBytes(text)).toThrow('Allowed: a whole number of bytes from 1 to 1,048,550');
  });
});

test('settings take and refuse what they do elsewhere', () => {
  expect(parseBatchTimeout('500ms')).toBe(0.5);
  expect(parseBatchTimeout('5')).toBe(5);
  expect(() => parseBatchTimeout('0')).toThrow('Allowed: seconds from 0.001 to 86400');
  expect(parseBatchSize('10000')).toBe(10_000);
  expect(() => parseBatchSize('10001')).toThrow('Allowed: an integer from 1 to 10000.');
});

test('a rate is that of processes', () => {
  expect(questionOf({ ...OPTIONS, rate: 20 })).toEqual({
    load: {
      kind: 'processes',
      writers: 3,
      rate: 20,
      bytes: 400,
      batchTimeoutSeconds: 2,
      batchSize: 10_000,
      arrivals: 'random',
    },
    account: { putQuota: 5_000, otherCallsPerSecond: 7, streamQuota: 50, pricePerGb: 0.5 },
  });
});

test('invocations are those of functions', () => {
  expect(questionOf({ ...OPTIONS, invocations: 6_000, events: 5 }).load).toEqual({
    kind: 'functions',
    writers: 3,
    invocations: 6_000,
    events: 5,
    bytes: 400,
    batchSize: 10_000,
  });
});

test.each([
  [{}, /^Give --rate, .* or, for Lambda, --invocations a second and the --events of one\.$/],
  [{ rate: 1, events: 5 }, /^--events is what one invocation logs, and needs --invocations/],
  [{ invocations: 5 }, /^--invocations needs --events/],
])('%j says what is missing', (given, message) => {
  expect(() => questionOf({ ...OPTIONS, ...given })).toThrow(message);
});
