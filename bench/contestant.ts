import type { BenchEvent, Call } from './events.js';
import { projectUrl } from './paths.js';

/** The endpoint that a contestant delivers to. */
export interface Target {
  readonly endpoint: string;
  readonly region: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** A logger as the benchmark drives it. Each file of contestants/ exports one as its default. */
export interface Contestant {
  /** Its setup, with the reason. The page shows it. */
  readonly configuration: string;
  /** Whether `log` takes ready-made calls instead of events. @default false */
  readonly takesCalls?: boolean;
  start(target: Target): Running | Promise<Running>;
}

export interface Running {
  log(event: BenchEvent | Call): void;
  /** Whether it asks its caller to wait. Absent in loggers without backpressure. */
  readonly needsDrain?: boolean;
  ready?(): Promise<unknown>;
  /** Resolves once all logged events are acknowledged, as far as the logger knows. */
  close(): unknown;
}

/** Contestants in the order of the page. fapilog-before is another build of this project, given by `--baseline`. */
export const CONTESTANTS = [
  'null',
  'pino-in-process',
  'pino-worker',
  'bare-sdk',
  'bare-sdk-gzip',
  'bare-signed',
  'bare-signed-gzip',
  'fapilog',
  'fapilog-sdk',
  'fapilog-worker',
  'fapilog-before',
  'winston-cloudwatch',
  'logtape',
  'pino-cloudwatch-transport',
  'winston-aws-cloudwatch',
] as const;

/** Loggers that deliver through an adapter of this project, and beside them what their users have without it. */
export const ADAPTERS = [
  'winston-fapilog',
  'winston-cloudwatch',
  'pino-fapilog',
  'pino-stream-fapilog',
  'pino-worker',
  'logtape-fapilog',
  'logtape',
  'otel-fapilog',
  'otel-otlp',
] as const;

export type ContestantName = (typeof CONTESTANTS)[number] | (typeof ADAPTERS)[number];

/** Contestants that deliver nothing, for comparison. */
export const YARDSTICKS: readonly ContestantName[] = ['null', 'pino-in-process', 'pino-worker'];

/** Contestants that must not lose any event. */
export const OURS: readonly ContestantName[] = [
  'fapilog',
  'fapilog-sdk',
  'fapilog-worker',
  'winston-fapilog',
  'pino-fapilog',
  'pino-stream-fapilog',
  'logtape-fapilog',
  'otel-fapilog',
];

export async function loadContestant(name: string): Promise<Contestant> {
  const { default: contestant } = (await import(projectUrl(`bench/contestants/${name}.mjs`).href)) as {
    default: Contestant;
  };
  return contestant;
}
