import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import type { Load } from './load.js';
import type { ServiceOptions } from './service.js';

/** What happens to a fleet. */
export interface Scenario {
  readonly name: string;
  /** One sentence for the reader of the table. */
  readonly about: string;
  readonly writers: number;
  readonly seconds: number;
  readonly service: ServiceOptions;
  /** Of all writers, unless one has its own. */
  readonly load: Load;
  /** Of the first writer. @default - that of all */
  readonly firstLoad?: Load | undefined;
  /** UTF-8 bytes of a log event's message. */
  readonly bytes: number;
  /** Span in which the writers start, at random. */
  readonly startSeconds: number;
  /** Whether the log streams are there. */
  readonly hasStreams: boolean;
  /** Calls a second of another logger of the account. */
  readonly neighbourCalls: number;
  readonly options?: CloudWatchSinkOptions | undefined;
}

/** When the service is back after its outages; 0 if it has none. */
export function backMs({ service: { outages = [] } }: Scenario): number {
  return Math.max(0, ...outages.map(({ untilMs }) => untilMs));
}

/** The same with so many times fewer writers, quotas and neighbours. */
export function part(scenario: Scenario, of: number): Scenario {
  const { PutLogEvents, CreateLogStream } = scenario.service.quotas;
  return {
    ...scenario,
    writers: Math.round(scenario.writers / of),
    neighbourCalls: scenario.neighbourCalls / of,
    service: {
      ...scenario.service,
      quotas: { PutLogEvents: PutLogEvents / of, CreateLogStream: CreateLogStream / of },
    },
  };
}
