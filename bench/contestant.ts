import type { BenchEvent, Line } from './events.js';
import { projectUrl } from './paths.js';

/** Where a contestant delivers to. */
export interface Target {
  readonly endpoint: string;
  readonly region: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** A way to log, as the benchmark drives it. Each file of contestants/ has one as its default export. */
export interface Contestant {
  /** How it is set up and why so; stands in the page. */
  readonly configuration: string;
  /** Whether `log` takes lines that were made before, instead of events. @default false */
  readonly takesLines?: boolean;
  start(target: Target): Running | Promise<Running>;
}

export interface Running {
  log(event: BenchEvent | Line): void;
  /** Whether it asks its caller to wait. Absent where it does not offer that. */
  readonly needsDrain?: boolean;
  ready?(): Promise<unknown>;
  /** Resolves once all that was logged is acknowledged, as far as it can tell. */
  close(): unknown;
}

/** In the order of the page. */
export const CONTESTANTS = [
  'null',
  'pino-in-process',
  'pino-worker',
  'bare-sdk',
  'bare-sdk-gzip',
  'bare-signed',
  'bare-signed-gzip',
  'fapilog',
  'fapilog-worker',
  'winston-cloudwatch',
  'logtape',
  'pino-cloudwatch-transport',
  'winston-aws-cloudwatch',
] as const;

export type ContestantName = (typeof CONTESTANTS)[number];

/** Those that deliver nothing, to compare with. */
export const YARDSTICKS: readonly ContestantName[] = ['null', 'pino-in-process', 'pino-worker'];

/** Those that may lose nothing. */
export const OURS: readonly ContestantName[] = ['fapilog', 'fapilog-worker'];

export async function loadContestant(name: string): Promise<Contestant> {
  const { default: contestant } = (await import(projectUrl(`bench/contestants/${name}.mjs`).href)) as {
    default: Contestant;
  };
  return contestant;
}
