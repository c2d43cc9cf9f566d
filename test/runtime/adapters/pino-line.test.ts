import { finishedLine } from '../../../runtime/adapters/pino-line.js';

const NOW_MS = 1_768_478_400_000;

test.each([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
] as const)('level %i is %s, in the line too', (number, level) => {
  const rest = `,"time":${NOW_MS},"pid":1,"msg":"{\\"level\\":${number}}"}`;

  expect(finishedLine(`{"level":${number}${rest}`, true)).toEqual({
    timeMs: NOW_MS,
    level,
    line: `{"level":"${level}"${rest}`,
  });
});

test('the line stays as it is, if that is wanted', () => {
  const line = `{"level":50,"time":${NOW_MS}}`;

  expect(finishedLine(line, false)).toEqual({ timeMs: NOW_MS, level: 'error', line });
});

test.each([
  ['{"level":35,"time":5}', 5, 'info'],
  ['{"level":5,"time":5}', 5, 'trace'],
  ['{"level":90,"time":5}', 5, 'fatal'],
  ['{"level":"warn","time":5,"msg":"x"}', 5, 'warn'],
  ['{"level":"WARN","time":5}', 5, 'warn'],
  ['{"level":"notice","time":5}', 5, 'info'],
  ['{"time":5,"level":40}', 5, 'warn'],
  [`{"level":40,"time":"${new Date(NOW_MS).toISOString()}"}`, NOW_MS, 'warn'],
])('of another form, the line stays as it is: %s', (line, timeMs, level) => {
  expect(finishedLine(line, true)).toEqual({ timeMs, level, line });
});

test.each(['{"level":40', 'null', '[]', 'Warning: no JSON', '{"level":{},"time":{}}'])(
  'without a time, it is now: %s',
  (line) => {
    const beforeMs = Date.now();
    const finished = finishedLine(line, true);

    expect(finished).toEqual({ timeMs: expect.any(Number) as number, level: 'info', line });
    expect(finished.timeMs).toBeGreaterThanOrEqual(beforeMs);
    expect(finished.timeMs).toBeLessThanOrEqual(Date.now());
  },
);
