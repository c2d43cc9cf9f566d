import type { Logform } from 'winston';
import { assertNoProblems, type Problem } from '../../../contract/problems.js';
import { asMapping } from '../../settings/document.js';
import { shapeProblems } from '../../settings/unknown-options.js';
import type { OutletOptions } from '../outlet/outlet-options.js';
import { translated, type WinstonCloudWatchOptions } from './winston-cloudwatch-options.js';
import type { Info } from './info.js';

/** The options of each transport of winston. */
export interface TransportOptions {
  /** The lowest level that is taken, by its name in the levels of the logger. @default - the level of the logger */
  readonly level?: string | undefined;
  /**
   * Formats of this transport alone. If they end with one that makes a text, such as `format.printf`, the text is the whole line, or
   * the message of the line where the lines are those of `logger` or of the environment. A text that is the JSON of an info's
   * members is not: such lines are JSON anyway.
   * @default - none
   */
  readonly format?: Logform.Format | undefined;
  /** Whether nothing is taken. @default false */
  readonly silent?: boolean | undefined;
  /** Whether uncaught exceptions are logged, as winston does it for any transport. @default false */
  readonly handleExceptions?: boolean | undefined;
  /** Whether unhandled rejections are logged. @default false */
  readonly handleRejections?: boolean | undefined;
  /** How many infos wait for this transport before winston pauses the logger. The transport never lets one wait. @default 16 */
  readonly highWaterMark?: number | undefined;
  /** Takes the place of the delivery to CloudWatch Logs, as in any transport. */
  readonly log?: ((info: Info, next: () => void) => unknown) | undefined;
  /** As `log`, for several infos at once. */
  readonly logv?: ((infos: readonly Info[], next: () => void) => unknown) | undefined;
  /** Called when the transport is removed from its logger, besides what the transport does itself. */
  readonly close?: (() => void) | undefined;
}

/**
 * Options of a transport of winston, those of the sink, by which the transport delivers, and those of winston-cloudwatch. Where none of
 * the sink is given, the environment says all, as for `getLogger()`.
 */
export interface CloudWatchTransportOptions
  extends
    TransportOptions,
    WinstonCloudWatchOptions,
    Omit<OutletOptions, 'level' | 'logGroupName' | 'logStreamName'> {
  /** The log group, or a function that returns its name. The function is called once, when the transport is made. */
  readonly logGroupName?: string | (() => string) | undefined;
  /** The log stream, or a function that returns its name. The function is called once, when the transport is made. */
  readonly logStreamName?: string | (() => string) | undefined;
}

export interface SortedOptions {
  /** What goes to the base class. */
  readonly base: Omit<TransportOptions, 'close'>;
  readonly close: (() => void) | undefined;
  readonly name: string;
  readonly outlet: OutletOptions;
  /** Makes the line of an info, in place of JSON. */
  readonly formatter: ((info: Info) => unknown) | undefined;
  readonly unheeded: readonly string[];
  /** What is wrong with the options of winston and winston-cloudwatch. */
  readonly problems: readonly Problem[];
}

/** Options of the base class, and those of winston-cloudwatch that are in other words. No sink knows them. */
export const APART: readonly string[] = [
  ...(['level', 'format', 'silent', 'handleExceptions', 'handleRejections'] as const),
  ...(['highWaterMark', 'log', 'logv', 'close'] as const),
  ...(['name', 'awsRegion', 'awsAccessKeyId', 'awsSecretKey', 'awsOptions', 'cloudWatchLogs'] as const),
  ...(['ensureLogGroup', 'jsonMessage', 'messageFormatter', 'uploadRate', 'errorHandler'] as const),
] satisfies (keyof TransportOptions | keyof WinstonCloudWatchOptions)[];

/** @throws SettingsError for options that are no object. */
export function sortedOptions(all: CloudWatchTransportOptions): SortedOptions {
  assertNoProblems(shapeProblems(OF, all));
  const problems = problemsOf(all);
  const given = without(all, problems);
  const { level, format, silent, handleExceptions, handleRejections, highWaterMark, log, logv } = given;
  const { options, unheeded } = translated(given);
  const own = Object.entries(given).filter(([name]) => !APART.includes(name));
  return {
    base: { level, format, silent, handleExceptions, handleRejections, highWaterMark, log, logv },
    close: given.close,
    name: given.name ?? 'CloudWatch',
    outlet: { ...options, ...Object.fromEntries(own.map(named).filter(([, value]) => value !== undefined)) },
    formatter: formatterOf(given),
    unheeded,
    problems,
  };
}

/** The options that are well formed. */
function without(
  given: CloudWatchTransportOptions,
  problems: readonly Problem[],
): CloudWatchTransportOptions {
  const places = problems.map(({ where }) => where);
  return Object.fromEntries(Object.entries(given).filter(([name]) => !places.includes(placeOf(name))));
}

/** Calls the function that names a log group or a log stream. */
function named([name, value]: [string, unknown]): [string, unknown] {
  const isTarget = name === 'logGroupName' || name === 'logStreamName';
  return [name, isTarget && typeof value === 'function' ? (value as () => unknown)() : value];
}

function formatterOf({
  jsonMessage,
  messageFormatter,
}: WinstonCloudWatchOptions): SortedOptions['formatter'] {
  if (jsonMessage === true) return undefined;
  return messageFormatter ?? (jsonMessage === false ? briefly : undefined);
}

/** The line that winston-cloudwatch makes without options. */
export function briefly({ level, message }: Pick<Info, 'level' | 'message'>): string {
  return [level, message].join(' - ');
}

const OF = 'new CloudWatchTransport';

const FUNCTIONS = ['log', 'logv', 'close', 'messageFormatter', 'errorHandler'] as const;
const FLAGS = ['silent', 'handleExceptions', 'handleRejections', 'ensureLogGroup', 'jsonMessage'] as const;
const TEXTS = ['level', 'name', 'awsRegion', 'awsAccessKeyId', 'awsSecretKey'] as const;

function problemsOf(given: CloudWatchTransportOptions): Problem[] {
  const { uploadRate, format, awsOptions } = given;
  const isOfAws = awsOptions === undefined || asMapping(awsOptions) !== undefined;
  const isRate = uploadRate === undefined || (typeof uploadRate === 'number' && uploadRate >= 0);
  const isFormat =
    format === undefined || typeof (format as Partial<Logform.Format>)?.transform === 'function';
  return [
    ...wrong(given, FUNCTIONS, 'function', 'a function'),
    ...wrong(given, FLAGS, 'boolean', 'true or false'),
    ...wrong(given, TEXTS, 'string', 'a text'),
    ...(isOfAws ? [] : [problem('awsOptions', awsOptions, 'options of the client, such as { endpoint }')]),
    ...(isRate ? [] : [problem('uploadRate', uploadRate, 'milliseconds, such as 2000')]),
    ...(isFormat ? [] : [problem('format', format, 'a format of winston, such as format.timestamp()')]),
  ];
}

function wrong(
  given: CloudWatchTransportOptions,
  names: readonly (keyof CloudWatchTransportOptions)[],
  type: string,
  allowed: string,
): Problem[] {
  const others = names.filter((name) => given[name] !== undefined && typeof given[name] !== type);
  return others.map((name) => problem(name, given[name], allowed));
}

function problem(name: string, value: unknown, allowed: string): Problem {
  return { where: placeOf(name), value, allowed };
}

function placeOf(name: string): string {
  return `${OF}: options.${name}`;
}
