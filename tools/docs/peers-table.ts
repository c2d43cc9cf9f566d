import { readFileSync } from 'node:fs';
import { markdownTable } from './markdown-table.js';

/** Contestants of the benchmark that deliver, by the names of their packages, ours first. */
const PACKAGES = {
  fapilog: 'fapilog-cloudwatch',
  'winston-cloudwatch': 'winston-cloudwatch',
  logtape: '@logtape/cloudwatch-logs',
  'winston-aws-cloudwatch': 'winston-aws-cloudwatch',
  'pino-cloudwatch-transport': '@serdnam/pino-cloudwatch-transport',
} as const;

/** Columns of the table under "Throughput", and what they are called here. */
const COLUMNS = {
  'events/s': 'events/s',
  'process µs/event': 'CPU, µs an event',
  'peak MiB': 'peak memory, MiB',
  'calls ÷ ideal': 'calls beside the fewest possible',
  lost: 'lost',
} as const;

/** The medians of delivering loggers, from the page that the benchmark has written. */
export function peersTable(): string {
  const [head, ...rows] = throughputRows(readFileSync('docs/benchmarks.md', 'utf8'));
  const places = Object.keys(COLUMNS).map((column) => head!.indexOf(column));
  const cells = Object.entries(PACKAGES).map(([contestant, name]) => {
    const row = rows.find(([first]) => first === contestant);
    if (row === undefined) throw new Error(`docs/benchmarks.md has no line of ${contestant}`);
    return [`\`${name}\``, ...places.map((place) => median(row[place]!))];
  });
  return markdownTable(['logger', ...Object.values(COLUMNS)], cells);
}

function throughputRows(page: string): string[][] {
  const [, section = ''] = /^## Throughput\n(.*?)^## /ms.exec(page) ?? [];
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.map((line) => line.slice(2, -2).split(' | '));
}

/** A cell without its spread. */
function median(cell: string): string {
  return cell.replace(/ \(.*\)$/, '');
}
