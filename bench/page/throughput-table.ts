import { YARDSTICKS } from '../contestant.js';
import type { Throughput, ThroughputRun } from '../measure/throughput.js';
import { failures, figure, number } from './figure.js';
import type { Table } from './table.js';

const MIB = 1_048_576;

export function throughputTable(results: readonly Throughput[]): Table {
  const events = results.flatMap(({ samples }) => samples)[0]?.events ?? 0;
  return {
    title: 'Throughput',
    how: `${number(events)} events, 250 to 400 bytes of JSON each, 70 % info, 20 % warn and 10 % error, logged as fast as the contestant takes them, with a turn of the event loop every 250 events and a wait where it offers back-pressure. The clock runs from the first log call until everything is acknowledged. Each run is a fresh process against an endpoint in another process on the same machine; contestants take turns. Main: CPU time of the thread that logs, as the kernel counts it. Process: CPU time of all its threads.`,
    head: [
      'contestant',
      'events/s',
      'main µs/event',
      'process µs/event',
      'peak MiB',
      'calls ÷ ideal',
      'wire ÷ body',
      'lost',
      'duplicated',
      'refused',
      'out of order',
    ],
    rows: results.map(row),
    notes: [
      'The contestants up to pino-worker deliver nothing. Those whose names begin with bare only send: their lines are made and packed into calls before the clock starts, and all of them are in memory.',
      'Lines of fapilog and pino also have the host and the process id, some 30 bytes that the others do not have to send.',
      'Lost counts what is not in the service at the end, refused what it would not have accepted. Out of order counts events that arrived after a later one; CloudWatch Logs sorts by time, so it matters only within a millisecond.',
      ...failures(results),
      ...results
        .filter(({ samples }) => samples.some(({ reasons }) => reasons.length > 0))
        .map(
          ({ name, samples }) =>
            `${name} was refused for: ${[...new Set(samples.flatMap((run) => run.reasons))].join('; ')}.`,
        ),
    ],
  };
}

function row({ name, samples }: Throughput): string[] {
  const of = (value: (run: ThroughputRun) => number): number[] => samples.map(value);
  const whereDelivered = (value: (run: ThroughputRun) => number, digits = 0): string =>
    YARDSTICKS.includes(name) ? '–' : figure(of(value), digits);
  return [
    name,
    figure(of(eventsPerSecond)),
    figure(of(mainUsPerEvent), 1),
    figure(of(processUsPerEvent), 1),
    figure(of(peakMib)),
    whereDelivered(callsToIdeal, 2),
    whereDelivered(wireToBody, 3),
    whereDelivered((run) => run.lost),
    whereDelivered((run) => run.duplicated),
    whereDelivered((run) => run.refused),
    whereDelivered((run) => run.outOfOrder),
  ];
}

/** Counts delivered events if the contestant delivers, so that losing events is not fast. */
export function eventsPerSecond({ events, delivered, calls, wallMs }: ThroughputRun): number {
  return ((calls > 0 ? delivered : events) * 1_000) / wallMs;
}

export function mainUsPerEvent({ events, mainMs }: ThroughputRun): number {
  return (mainMs * 1_000) / events;
}

export function processUsPerEvent({ events, processMs }: ThroughputRun): number {
  return (processMs * 1_000) / events;
}

export function peakMib({ peakRssBytes }: ThroughputRun): number {
  return peakRssBytes / MIB;
}

export function callsToIdeal({ calls, idealCalls }: ThroughputRun): number {
  return calls / idealCalls;
}

export function wireToBody({ wireBytes, bodyBytes }: ThroughputRun): number {
  return wireBytes / bodyBytes;
}
