import type { Restraint } from '../../../runtime/send/restraint.js';
import type { Scenario } from '../scenario.js';

/** What real processes do, and simulated ones beside them. */
export interface Plan {
  readonly writers: number;
  /** Time in which they log. */
  readonly seconds: number;
  /** Span in which they begin to, at random. */
  readonly startSeconds: number;
  /** Events a second of a writer, at random moments. */
  readonly eventsPerSecond: number;
  /** UTF-8 bytes of a log event's message. */
  readonly bytes: number;
  /** Calls a second of each operation that the account has. */
  readonly limitTps: number;
  /** Calls a second of another logger of the account, at random moments. */
  readonly neighbourCalls: number;
  /** How the writers spare the quotas. @default - as they do by themselves */
  readonly restraint?: Restraint | undefined;
  /** Of the random numbers. */
  readonly seed: number;
}

/** The same for the simulator. The log group is there, and no log stream. */
export function scenarioOf(plan: Plan, medianLatencyMs: number): Scenario {
  const { limitTps, eventsPerSecond } = plan;
  return {
    ...plan,
    name: 'real',
    about: 'what real processes do',
    service: { quotas: { PutLogEvents: limitTps, CreateLogStream: limitTps }, medianLatencyMs },
    load: { kind: 'steady', eventsPerSecond },
    hasStreams: false,
  };
}
