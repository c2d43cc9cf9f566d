import { YARDSTICKS } from '../contestant.js';
import type { AdapterResults } from '../measure/adapters.js';
import type { Latency } from '../measure/latency.js';
import type { Throughput, ThroughputRun } from '../measure/throughput.js';
import { failures, figure, number } from './figure.js';
import type { Table } from './table.js';
import { eventsPerSecond, mainUsPerEvent, peakMib, processUsPerEvent } from './throughput-table.js';

export function adaptersTable({ throughput, latency }: AdapterResults): Table {
  const events = throughput.flatMap(({ samples }) => samples)[0]?.events ?? 0;
  return {
    title: 'Other loggers, with and without the adapter',
    how: `${number(events)} events, 250 to 400 bytes of JSON each, logged as fast as the logger takes them, with a turn of the event loop every 250 events and a wait where it offers back-pressure. Events per second are those that were delivered by the time that everything was acknowledged. Main: CPU time of the thread that logs. Process: CPU time of all its threads. Call: time until a log call returns, warm, at 5,000 events a second. Each run is a fresh process; contestants take turns.`,
    head: [
      'contestant',
      'events/s',
      'main µs/event',
      'process µs/event',
      'call p50 µs',
      'call p99 µs',
      'peak MiB',
      'lost',
      'duplicated',
      'refused',
    ],
    rows: throughput.map((result) =>
      row(
        result,
        latency.find(({ name }) => name === result.name),
      ),
    ),
    notes: [
      'pino-worker delivers nothing: its worker writes to /dev/null. otel-otlp sends to an endpoint for OTLP, the others to one for CloudWatch Logs.',
      'Lost counts what had not arrived at the end: the contestant logs faster than any service takes events, and what does not wait or hold them loses some.',
      ...failures([...throughput, ...latency]),
    ],
  };
}

function row({ name, samples }: Throughput, latency: Latency | undefined): string[] {
  const of = (value: (run: ThroughputRun) => number, digits = 0): string =>
    figure(samples.map(value), digits);
  const whereDelivered = (value: (run: ThroughputRun) => number): string =>
    YARDSTICKS.includes(name) ? '–' : of(value);
  const calls = latency?.samples.map(({ warm }) => warm.callUs) ?? [];
  return [
    name,
    of(eventsPerSecond),
    of(mainUsPerEvent, 1),
    of(processUsPerEvent, 1),
    figure(
      calls.map(({ p50 }) => p50),
      1,
    ),
    figure(
      calls.map(({ p99 }) => p99),
      1,
    ),
    of(peakMib),
    whereDelivered(({ lost }) => lost),
    whereDelivered(({ duplicated }) => duplicated),
    whereDelivered(({ refused }) => refused),
  ];
}
