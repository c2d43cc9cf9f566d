import type { Mark, Startup } from '../measure/startup.js';
import { failures, figure } from './figure.js';
import type { Table } from './table.js';

export function startupTable(results: readonly Startup[]): Table {
  return {
    title: 'Start-up',
    how: `Milliseconds from the start of a fresh process, the start of Node.js included, which is the line empty; CPU is that of the process. The programs are in bench/startup/; pino, pino-lambda and powertools (@aws-lambda-powertools/logger) write to stdout with their defaults and deliver nothing. Bundled: by esbuild into one minified file, with everything that is imported. ${results[0]?.samples.length ?? 0} processes each, in turn. fapilog-sdk is fapilog with \`FAPILOG_CLOUDWATCH__CLIENT=sdk\`. For bare-sdk, the first call is the making of a client.`,
    head: ['program', 'imported', 'CPU', 'first call returned', 'CPU', 'first event delivered', 'CPU'],
    rows: results.map(({ name, samples }) => {
      const of = (key: 'imported' | 'logged' | 'delivered', value: (mark: Mark) => number): string =>
        figure(
          samples.flatMap((marks) => marks[key] ?? []).map((mark) => value(mark)),
          0,
        );
      return [
        name,
        ...(['imported', 'logged', 'delivered'] as const).flatMap((key) => [
          of(key, ({ wallMs }) => wallMs),
          of(key, ({ cpuMs }) => cpuMs),
        ]),
      ];
    }),
    notes: failures(results),
  };
}
