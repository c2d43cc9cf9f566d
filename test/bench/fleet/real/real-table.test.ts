import { realTable } from '../../../../bench/fleet/page/real-table.js';
import type { Figures } from '../../../../bench/fleet/real/figures.js';
import type { Comparison, RealCheck } from '../../../../bench/fleet/real/outcome.js';
import { parseRealOptions } from '../../../../bench/fleet/real/options.js';
import { toMarkdown } from '../../../../bench/page/table.js';

const figures: Figures = {
  logged: 1_000,
  lost: 0,
  stored: 1_000,
  repeated: 0,
  diverted: 0,
  dropped: 0,
  calls: {
    PutLogEvents: { accepted: 100, throttled: 50, failed: 0 },
    CreateLogStream: { accepted: 8, throttled: 0, failed: 0 },
  },
  callsPerSecond: 12.34,
  delayMs: { p50: 4_200, p99: 30_000, max: 60_000 },
  writerDelayMs: { p50: 5_000, p99: 20_000 },
  neighbour: { atOnce: 0.8, granted: 0.99 },
  tailSeconds: 12,
};

function withThrottled(throttled: number): Figures {
  const { calls } = figures;
  return { ...figures, calls: { ...calls, PutLogEvents: { ...calls.PutLogEvents, throttled } } };
}

const comparison: Comparison = {
  isRestrained: true,
  real: figures,
  simulated: [figures, withThrottled(40), withThrottled(70)],
  neighbourRefusals: {},
  memory: { atStart: 50 * 2 ** 20, most: 60 * 2 ** 20 },
  medianLatencyMs: 1,
  latenessMs: { p50: 1, p99: 20, max: 400 },
  machine: { idle: 0.5, steal: 0, others: 0.25 },
  load: { before: 1, after: 2 },
};

function check(comparisons: readonly Comparison[]): RealCheck {
  const { plan } = parseRealOptions([])!;
  return { date: '2026-01-15', node: 'v20.0.0', machine: 'Linux, 2 cores', plan, comparisons };
}

test('each run of processes stands beside the simulations of the same', () => {
  const unrestrained = { ...comparison, isRestrained: false };
  const { head, rows } = realTable(check([comparison, unrestrained]));

  expect(head).toEqual([
    '',
    'with restraint: processes',
    'with restraint: simulated',
    'without: processes',
    'without: simulated',
  ]);
  expect(rows.every((row) => row.length === head.length)).toBe(true);
  expect(rows).toContainEqual([
    'calls for each accepted one',
    '1.50',
    '1.50 (1.40–1.70)',
    '1.50',
    '1.50 (1.40–1.70)',
  ]);
});

test('says what was run, where, and how busy the machine was', () => {
  const page = toMarkdown(realTable(check([comparison])));

  expect(page).toContain('200 processes');
  expect(page).toContain('2026-01-15, Node.js v20.0.0, Linux, 2 cores');
  expect(page).toContain('other programs took 25 %');
  expect(page).toContain('load average 1.0 before, 2.0 after');
});

test('says why the neighbour is granted less than the simulated one, where it is', () => {
  const neighbourRefusals = {
    'ThrottlingException after 3 attempts': 45,
    'ThrottlingException after 2 attempts': 61,
    'ThrottlingException after 1 attempts': 570,
  };
  const poor = { ...figures, neighbour: { atOnce: 0.4, granted: 0.9 } };
  const notes = (real: Figures): readonly string[] =>
    realTable(check([{ ...comparison, real, neighbourRefusals }])).notes ?? [];

  expect(notes(poor)[0]).toMatch(
    /^With restraint, the real neighbour is granted less .* attempt: 631 here\./,
  );
  expect(notes(figures).join('\n')).not.toContain('retry tokens');
});
