import { atLeast, atMost, inUnit, type Check } from '../../page/check.js';
import type { Table } from '../../page/table.js';
import type { FleetResult } from '../result.js';
import { scenarios } from '../scenarios.js';
import { share, sum } from './cell.js';
import { recoveryRatio } from './recovery-ratio.js';

/** Something that a fleet has to reach with the restraint. */
interface Bar {
  readonly what: string;
  readonly bar: string;
  /** Undefined where the scenario has no such figure. */
  readonly check: (result: FleetResult) => Check | undefined;
  /** Which of two figures misses the bar first. */
  readonly worst: 'largest' | 'smallest';
}

/** The scenario in which the fleet makes twice the calls that the quota grants. */
const TWICE = 'twice';

/** Those in which a fleet wants more calls than it is granted for as long as they last. */
const THROTTLED = new Set(['steady-100', 'small-region', TWICE]);

/** They serve nobody for a while, so that the neighbour's share says nothing of the fleet. */
const outages = new Set(scenarios.filter(({ service }) => service.outages).map(({ name }) => name));

const times = inUnit('×', 2);

const BARS: readonly Bar[] = [
  {
    what: 'events lost',
    bar: '0',
    check: ({ lost }) => atMost(0, '', lost, inUnit('events')),
    worst: 'largest',
  },
  {
    what: 'events that still wait at the end',
    bar: '0',
    check: (result) => atMost(0, '', waitingAtEnd(result), inUnit('events')),
    worst: 'largest',
  },
  {
    what: 'PutLogEvents calls for each accepted one, at twice the quota',
    bar: '≤ 1.3',
    check: ({ scenario, callsPerAccepted }) =>
      scenario === TWICE ? atMost(1.3, '', callsPerAccepted, inUnit('calls', 2)) : undefined,
    worst: 'largest',
  },
  {
    what: 'delay of an event, p99, where calls are throttled all the time',
    bar: '≤ 60 s',
    check: ({ scenario, delayMs }) =>
      THROTTLED.has(scenario) ? atMost(60, '', delayMs.p99 / 1_000, inUnit('s', 1)) : undefined,
    worst: 'largest',
  },
  {
    what: 'calls of the neighbour that are accepted, at one of three attempts, once the fleet has settled; outages left out',
    bar: '≥ 99 %',
    check: ({ scenario, neighbour }) =>
      outages.has(scenario) ? undefined : atLeast(0.99, '', neighbour.settled.granted, share),
    worst: 'smallest',
  },
  {
    what: 'recovery after an outage, beside the least time in which the backlog can arrive',
    bar: '≤ 2 ×',
    check: (result) => {
      const ratio = recoveryRatio(result);
      return ratio === undefined ? undefined : atMost(2, '', ratio, times);
    },
    worst: 'largest',
  },
];

/** A fleet that delivers nothing loses nothing either. */
function waitingAtEnd({ logged, lost, delivered, diverted, dropped }: FleetResult): number {
  return logged - lost - delivered - sum(diverted) - sum(dropped);
}

/** Each bar, and the scenario that comes closest to it or misses it by most. */
export function barTable(results: readonly FleetResult[]): Table {
  return {
    title: 'The bar',
    how: 'What this project wants every fleet to reach with the restraint, and the scenario that is worst in it.',
    isText: true,
    head: ['what', 'bar', 'measured at worst', 'in', 'met'],
    rows: BARS.flatMap((bar) => {
      const all = measured(bar, results);
      const [worst] = all;
      if (!worst) return [];
      const where =
        all.length > 1 && all.every(({ value }) => value === worst.value) ? 'all' : worst.scenario;
      return [[bar.what, bar.bar, shown(worst), where, isMet(worst) ? 'met' : 'not met']];
    }),
  };
}

/** What the results miss, a sentence each. */
export function breaches(results: readonly FleetResult[]): string[] {
  return BARS.flatMap((bar) =>
    measured(bar, results)
      .filter((each) => !isMet(each))
      .map((each) => `${each.scenario}: ${bar.what}: ${shown(each)}; expected ${bar.bar}`),
  );
}

interface Measured extends Check {
  readonly scenario: string;
  readonly value: number;
}

/** The worst first. */
function measured({ check, worst }: Bar, results: readonly FleetResult[]): Measured[] {
  const sign = worst === 'largest' ? -1 : 1;
  return results
    .filter(({ isRestrained }) => isRestrained)
    .flatMap((result) => {
      const { scenario } = result;
      const found = check(result);
      return found?.value === undefined ? [] : [{ ...found, value: found.value, scenario }];
    })
    .toSorted((one, other) => sign * (one.value - other.value));
}

function isMet({ value, isMet: met }: Measured): boolean {
  return met(value);
}

function shown({ value, shown: text }: Measured): string {
  return Number.isFinite(value) ? text(value) : 'never';
}
