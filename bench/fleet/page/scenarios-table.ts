import { number } from '../../page/figure.js';
import type { Table } from '../../page/table.js';
import { count } from './cell.js';
import type { Pair } from './pair.js';

export function scenariosTable(pairs: readonly Pair[]): Table {
  return {
    title: 'The scenarios',
    how: 'What happens to each fleet, and how large fleet and quotas are. Where a fleet is smaller than 10,000 writers, its quotas and its neighbour are smaller by the same factor.',
    isText: true,
    head: [
      'scenario',
      'what happens',
      'writers',
      'quota of PutLogEvents',
      'of CreateLogStream',
      'neighbour',
      'seconds',
    ],
    rows: pairs.map(({ scenario, about, restrained }) => [
      `**${scenario}**`,
      about,
      number(restrained.writers),
      count(restrained.quotas.PutLogEvents),
      count(restrained.quotas.CreateLogStream),
      count(restrained.neighbourCalls),
      number(restrained.seconds),
    ]),
    notes: ['Quotas and the calls of the neighbour are those of a second.'],
  };
}
