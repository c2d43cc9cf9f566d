import { damageOf } from '../../bench/damage.js';
import type { LambdaStart } from '../../bench/measure/lambda.js';
import type { ThroughputRun } from '../../bench/measure/throughput.js';
import { NO_RESULTS, type Results } from '../../bench/results.js';

const run = { lost: 0, duplicated: 0, refused: 0 } as ThroughputRun;
const lossy = { ...run, lost: 2 };
const lossyStart = { lost: 2, duplicated: 0, refused: 0 } as LambdaStart;

test.each<[string, Partial<Results>]>([
  ['fapilog', { throughput: [{ name: 'fapilog', samples: [run, lossy] }] }],
  ['fapilog-worker, TLS', { network: [{ name: 'fapilog-worker, TLS', samples: [lossy] }] }],
  ['fapilog, withLambda', { lambda: [{ name: 'fapilog, withLambda', samples: [lossyStart] }] }],
  [
    'winston-fapilog',
    { adapters: { throughput: [{ name: 'winston-fapilog', samples: [lossy] }], latency: [] } },
  ],
  ['22.23.5 fapilog', { nodes: [{ name: '22.23.5 fapilog', samples: [{ throughput: lossy }] }] }],
])('a loss of ours is damage: %s', (name, results) => {
  expect(damageOf({ ...NO_RESULTS, ...results })).toEqual([
    `${name} had 2 events lost, 0 duplicated, 0 refused; expected none`,
  ]);
});

test.each<[string, Partial<ThroughputRun>]>([
  ['duplicated', { duplicated: 1 }],
  ['refused', { refused: 1 }],
])('so is what is %s', (_, fate) => {
  const throughput = [{ name: 'fapilog-sdk', samples: [{ ...run, ...fate }] }] as const;

  expect(damageOf({ ...NO_RESULTS, throughput })).toHaveLength(1);
});

test('so is a run that failed', () => {
  const throughput = [{ name: 'fapilog', samples: [], failure: 'it hung' }] as const;

  expect(damageOf({ ...NO_RESULTS, throughput })).toEqual(['fapilog failed: it hung']);
});

test('what others lose is theirs', () => {
  const throughput = [
    { name: 'logtape', samples: [lossy] },
    { name: 'fapilog-before', samples: [lossy] },
    { name: 'otel-otlp', samples: [lossy] },
    { name: 'fapilog', samples: [run] },
  ] as const;

  expect(damageOf({ ...NO_RESULTS, throughput })).toEqual([]);
});
