import { resultLine } from '../../../../bench/fleet/page/result-line.js';
import { aResult } from '../a-result.js';

test('a line has the figures that matter', () => {
  expect(resultLine(aResult())).toBe(
    'steady-1         with     0 lost · delay 1.5 / 2.1 / 2.6 s · 1.25 calls for 1 · neighbour 100.0 %, 100.0 %',
  );
});

test('and those of its scenario', () => {
  const result = aResult({
    scenario: 'outage-5min',
    isRestrained: false,
    lost: 1,
    diverted: { maxBatchAge: 10 },
    dropped: { queueFull: 2 },
    calls: { ...aResult().calls, CreateLogStream: { accepted: 1_000, throttled: 30, failed: 0 } },
    flushMs: { p50: 30, p99: 100, max: 200 },
    recovery: { seconds: 30, backlogCalls: 48_000, minimumSeconds: 20 },
  });

  const line = resultLine(result);

  expect(line).toMatch(
    /^outage-5min {6}without {2}1 lost · diverted 10 maxBatchAge · dropped 2 queueFull · /,
  );
  expect(line).toMatch(
    / · streams 1,000, 30 refused · flush 30 \/ 100 \/ 200 ms · recovered in 1\.50 × the least time$/,
  );
});

test('a fleet that does not recover says so', () => {
  const recovery = { seconds: Infinity, backlogCalls: 1, minimumSeconds: 1 };

  expect(resultLine(aResult({ recovery }))).toMatch(/ · not recovered$/);
});
