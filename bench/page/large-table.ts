import type { LargeSample } from '../measure/large.js';
import { spreadOf } from '../statistics.js';
import { figure, number } from './figure.js';
import type { Table } from './table.js';

export function largeTable(samples: readonly LargeSample[]): Table {
  return {
    title: 'Long messages',
    how: `One log call with a message as long, to a logger that delivers; beside it, JSON.stringify of the line and of the request with that line. Plain is words, dump is JSON in text: quotes, line breaks, characters of several bytes; with 900 KiB it is more than an event may have, and is cut. ${samples[0]?.callMs.length ?? 0} calls each, in turn.`,
    head: ['message', 'call ms', 'JSON.stringify twice, ms', 'ratio of the medians'],
    rows: samples.map((sample) => [
      `${sample.text}, ${sample.kib} KiB`,
      figure(sample.callMs, 2),
      figure(sample.jsonMs, 2),
      number(largeRatio(sample), 2),
    ]),
  };
}

export function largeRatio({ callMs, jsonMs }: LargeSample): number {
  return spreadOf(callMs).median / spreadOf(jsonMs).median;
}
