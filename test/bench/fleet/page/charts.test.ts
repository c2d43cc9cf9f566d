import { chartsOf } from '../../../../bench/fleet/page/charts.js';
import { pairsOf } from '../../../../bench/fleet/page/pair.js';
import { both } from '../a-result.js';

const charts = chartsOf(pairsOf([...both(), ...both({ scenario: 'deploy' })]));

test('all scenarios have bars, and some are drawn over time', () => {
  expect(charts.map(({ file }) => file)).toEqual([
    'calls.svg',
    'delay.svg',
    'deploy-waiting.svg',
    'deploy-calls.svg',
  ]);
});

test('a fleet with the restraint stands out beside the one without', () => {
  const bars = [...charts[0]!.svg.matchAll(/<rect class="(\w+)"/g)].map(([, kind]) => kind);

  expect(bars).toEqual(['ours', 'bar', 'ours', 'bar']);
});
