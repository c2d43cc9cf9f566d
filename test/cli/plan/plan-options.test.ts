import {
  parseAmount,
  parseAmountOrNone,
  parseBatchSize,
  parseBatchTimeout,
  parseMessageBytes,
  parseWriters,
  type PlanOptions,
  questionOf,
} from '../../../cli/plan/plan-options.js';

const NONE = new Set<string>();

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

describe('the number of writers', () => {
  test.each(['1', '3000', '1000000000'])('%s', (text) => {
    expect(parseWriters(text)).toBe(Number(text));
  });

  test.each(['0', '-1', '1.5', '5.0', '3,000', '3e3', '1000000001', '999999999999999999999', ''])(
    '"%s" is none',
    (text) => {
      expect(() => parseWriters(text)).toThrow(
        'Allowed: a whole number from 1 to 1,000,000,000, such as 3000; digits only.',
      );
    },
  );
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
  expect(questionOf({ ...OPTIONS, rate: 20 }, NONE)).toEqual({
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
  expect(questionOf({ ...OPTIONS, invocations: 6_000, events: 5 }, NONE).load).toEqual({
    kind: 'functions',
    writers: 3,
    invocations: 6_000,
    events: 5,
    bytes: 400,
    batchSize: 10_000,
  });
});

test.each([
  [{}, /^missing: --rate \(.*; or, for Lambda, --invocations .*\)\. For example: npx .* --rate 20 /],
  [
    { writers: undefined, bytes: undefined },
    /^missing: --writers \(.*\), --rate \(.*\), --bytes \(of a message\)\. For example: npx /,
  ],
  [{ rate: 1, events: 5 }, /^--events is what one invocation logs, and needs --invocations/],
  [{ invocations: 5 }, /^missing: --events \(.*\)\. For example: npx .* --events 5 /],
  [
    { invocations: 5, writers: undefined, bytes: undefined },
    /^missing: --writers \(.*\), --events \(.*\), --bytes \(.*\)\. For example: /,
  ],
])('%j says what is missing', (given, message) => {
  expect(() => questionOf({ ...OPTIONS, ...given }, NONE)).toThrow(message);
});

test.each([
  ['rate', /^--rate cannot be used with --invocations: the calls .* invocations, .*\. Leave out --rate, or /],
  [
    'batchTimeoutSeconds',
    /^--batch-timeout-seconds cannot .* no linger\. Leave out --batch-timeout-seconds, /,
  ],
  ['arrivals', /^--arrivals cannot .*\. Leave out --arrivals, or for processes --invocations\.$/],
])('%s says nothing of functions', (name, message) => {
  const options = { ...OPTIONS, invocations: 5, events: 5 };

  expect(() => questionOf(options, new Set([name]))).toThrow(message);
});
