import { endingOptions } from '../../runtime/ending-options.js';

function read(of: 'flush' | 'close', given: unknown): [options: object, reports: readonly string[]] {
  const reports: string[] = [];
  const report = (code: string, message: string): void => void reports.push(`${message} [${code}]`);
  return [of === 'flush' ? endingOptions(of, given, report) : endingOptions(of, given, report), reports];
}

test.each([
  [undefined, {}],
  [null, {}],
  [{}, {}],
  [{ deadlineMs: undefined, leftover: undefined }, {}],
  [
    { deadlineMs: 0, leftover: 'divert' },
    { deadlineMs: 0, leftover: 'divert' },
  ],
  // What is left of a time may be negative, and no limit is Infinity.
  [{ deadlineMs: -5 }, { deadlineMs: -5 }],
  [{ deadlineMs: Infinity }, { deadlineMs: Infinity }],
])('%j is taken as it is', (given, options) => {
  expect(read('flush', given)).toEqual([options, []]);
});

test.each([
  [5, 'options is 5, which has no effect; allowed: options such as { deadlineMs: 5000 }'],
  ['5s', 'options is "5s", which has no effect; allowed: options such as { deadlineMs: 5000 }'],
  [{ deadlineMs: 'a' }, 'options.deadlineMs is "a", which has no effect; allowed: a number of milliseconds'],
  [
    { deadlineMs: Number.NaN },
    'options.deadlineMs is NaN, which has no effect; allowed: a number of milliseconds',
  ],
  [{ leftover: 'x' }, 'options.leftover is "x", which has no effect; allowed: keep, divert'],
  [{ deadline: 5 }, 'options.deadline is 5, which has no effect: no such option; did you mean deadlineMs?'],
])('%p is reported, and stands as not given', (given, message) => {
  expect(read('flush', given)).toEqual([{}, [`flush(): ${message} [options.flush]`]]);
});

test('what is right beside it counts', () => {
  expect(read('close', { deadlineMs: 7, leftover: 'keep' })).toEqual([
    { deadlineMs: 7 },
    [
      'close(): options.leftover is "keep", which has no effect: no such option; there is deadlineMs [options.close]',
    ],
  ]);
});
