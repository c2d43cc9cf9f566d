import type { NetworkResult } from '../measure/network.js';
import { failures, figure, number } from './figure.js';
import type { Table } from './table.js';
import { callsToIdeal, eventsPerSecond, mainUsPerEvent, processUsPerEvent } from './throughput-table.js';

export function networkTable(results: readonly NetworkResult[]): Table {
  const events = results.flatMap(({ samples }) => samples)[0]?.events ?? 0;
  return {
    title: 'Throughput over TLS, and with late answers',
    how: `As above, with ${number(events)} events: to an endpoint with TLS that answers at once, and to one without that answers 25 ms after the last byte, as a service does. Contestants that cannot be told to trust the endpoint’s certificate are left out, and those that would need minutes.`,
    head: ['contestant', 'events/s', 'main µs/event', 'process µs/event', 'calls ÷ ideal', 'lost', 'refused'],
    rows: results.map(({ name, samples }) => [
      name,
      figure(samples.map(eventsPerSecond)),
      figure(samples.map(mainUsPerEvent), 1),
      figure(samples.map(processUsPerEvent), 1),
      figure(samples.map(callsToIdeal), 2),
      figure(samples.map(({ lost }) => lost)),
      figure(samples.map(({ refused }) => refused)),
    ]),
    notes: failures(results),
  };
}
