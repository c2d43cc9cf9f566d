import type { Options } from '../options.js';
import type { Results } from '../results.js';
import { bundleTable } from './bundle-table.js';
import { heavyTable } from './heavy-table.js';
import { latencyTable } from './latency-table.js';
import { spoolTable } from './spool-table.js';
import { startupTable } from './startup-table.js';
import { synthTable } from './synth-table.js';
import type { Table } from './table.js';
import { throughputTable } from './throughput-table.js';

/** Makes one table for each measurement. */
export function tablesOf(results: Results, { latencySeconds, warmUpSeconds }: Options): Table[] {
  const { throughput, latency, heavy, spool, startup, bundles, synth } = results;
  return [
    ...(throughput.length > 0 ? [throughputTable(throughput)] : []),
    ...(latency.length > 0 ? [latencyTable(latency, latencySeconds, warmUpSeconds)] : []),
    ...(heavy.length > 0 ? [heavyTable(heavy)] : []),
    ...(spool.length > 0 ? [spoolTable(spool, latencySeconds)] : []),
    ...(startup.length > 0 ? [startupTable(startup)] : []),
    ...(bundles.length > 0 ? [bundleTable(bundles)] : []),
    ...(synth.length > 0 ? [synthTable(synth)] : []),
  ];
}
