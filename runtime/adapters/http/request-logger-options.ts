import { LEVELS, type Level, type MinimumLevel } from '../../../contract/levels.js';
import { assertNoProblems, type Problem } from '../../../contract/problems.js';
import { contextProblems, type ContextOptions } from '../../logger/context-options.js';
import { getLogger } from '../../logger/get-logger.js';
import type { Logger } from '../../logger/logger.js';
import { asMapping } from '../../settings/document.js';
import { unknownOptions } from '../../settings/unknown-options.js';
import type { RequestFacts } from './request-facts.js';
import { levelProblems, type RequestLevels } from './request-levels.js';
import { refuseExchange } from './without-parentheses.js';

/** A logger, a child of one included. */
export type RequestLineLogger = Pick<Logger, Level>;

/**
 * Options of request logging. `bufferLevel`, `bufferBytes` and `sampleRate` are those of `withContext`: lines that wait go on where a
 * request fails (5xx, an error or an abort), and are left out where it succeeds.
 */
export interface RequestLoggerOptions<Request = unknown> extends ContextOptions {
  /** Who logs the lines. @default - `getLogger()` */
  readonly logger?: RequestLineLogger | undefined;
  /**
   * The header from which the request id is taken, if it has 1 to 128 letters, digits or `.` `_` `~` `+` `/` `=` `:` `@` `-`, and with
   * which it goes back to the client. With `false`, an id is made for each request and not sent.
   *
   * @default 'x-request-id'
   */
  readonly requestIdHeader?: string | false | undefined;
  /** Whether a line `request started` is logged, at `info`. @default false */
  readonly startLine?: boolean | undefined;
  /** Whether the query of a URL is in the line. @default true */
  readonly query?: boolean | undefined;
  /**
   * The level of the line at the end: levels by status, class of status and `aborted`, as in `{ '2xx': 'debug', 404: 'info' }`, or a
   * function of what is known of the request. At `silent` there is no line. What a table or function leaves open has the default.
   *
   * @default - `error` for 5xx, and for an error without an answer of 4xx; `warn` for 4xx and aborted requests; else `info`
   */
  readonly level?: RequestLevels | ((facts: RequestFacts<Request>) => MinimumLevel | undefined) | undefined;
  /**
   * Requests without lines of their own: exact paths, as `['/health']`, or a function, which is asked before each line. What such
   * a request itself logs is not touched.
   *
   * @default - none
   */
  readonly ignore?: readonly string[] | ((facts: RequestFacts<Request>) => boolean) | undefined;
  /** More fields for the line at the end, such as the user. They win over those of the same name. @default - none */
  readonly fields?: ((facts: RequestFacts<Request>) => object | undefined) | undefined;
}

/** Options as they are used, with nothing left open. */
export interface RequestPlan {
  readonly logger: () => RequestLineLogger;
  readonly requestIdHeader: string | undefined;
  readonly startLine: boolean;
  readonly query: boolean;
  readonly level: RequestLevels | ((facts: RequestFacts) => unknown);
  readonly ignore: (facts: RequestFacts) => unknown;
  readonly fields: ((facts: RequestFacts) => unknown) | undefined;
  readonly context: ContextOptions;
}

const DEFAULT_HEADER = 'x-request-id';

/** What each option may be, apart from `undefined`. */
const checks: {
  readonly [Key in keyof Required<Omit<RequestLoggerOptions, keyof ContextOptions>>]: readonly [
    allowed: string,
    isAllowed: (value: unknown) => boolean,
  ];
} = {
  logger: ['a logger, as getLogger() returns it', isLogger],
  requestIdHeader: ['the name of a header, such as "x-request-id", or false', isHeaderName],
  startLine: ['true or false', isBoolean],
  query: ['true or false', isBoolean],
  level: [
    'a table such as { "2xx": "debug" }, or a function',
    (value) => isFunction(value) || isTable(value),
  ],
  ignore: ['paths, such as ["/health"], or a function', (value) => isFunction(value) || isTexts(value)],
  fields: ['a function that returns fields', isFunction],
};

const OTHER_LOGGER =
  '; leave it out: lines of winston and pino have the id of the request anyway, once their adapters deliver them';

const OF_CONTEXT = ['bufferLevel', 'bufferBytes', 'sampleRate'];

/**
 * Reads the options of the call `of`, and makes the logger.
 *
 * @throws SettingsError naming every option that is malformed or unknown, and every setting of the logger; TypeError for a request.
 */
export function planOf<Request>(of: string, options: RequestLoggerOptions<Request>): RequestPlan {
  refuseExchange(of, options);
  const mapping = asMapping(options);
  const allowed = 'options such as { startLine: true }';
  if (!mapping) assertNoProblems([{ where: `${of}: options`, value: options, allowed }]);
  assertNoProblems(problemsOf(of, mapping ?? {}));
  const { logger, requestIdHeader = DEFAULT_HEADER, startLine = false, query = true } = options;
  const { bufferLevel, bufferBytes, sampleRate } = options;
  if (!logger) getLogger();
  return {
    // The shared logger may be closed, and then there is another one.
    logger: logger ? () => logger : () => getLogger(),
    requestIdHeader: requestIdHeader === false ? undefined : requestIdHeader.toLowerCase(),
    startLine,
    query,
    level: (options.level ?? {}) as RequestPlan['level'],
    ignore: ignorer(options.ignore as RequestLoggerOptions['ignore']),
    fields: options.fields as RequestPlan['fields'],
    context: { bufferLevel, bufferBytes, sampleRate },
  };
}

function ignorer(ignore: RequestLoggerOptions['ignore'] = []): RequestPlan['ignore'] {
  if (typeof ignore === 'function') return ignore;
  const paths = new Set(ignore);
  return ({ path }) => paths.has(path);
}

function problemsOf(of: string, options: Readonly<Record<string, unknown>>): Problem[] {
  const wrong = Object.entries(checks).flatMap(([key, [allowed, isAllowed]]) => {
    const value = options[key];
    if (value === undefined || isAllowed(value)) return [];
    const hint = key === 'logger' && isOtherLogger(value) ? OTHER_LOGGER : '';
    return [{ where: `${of}: options.${key}`, value, allowed: allowed + hint }];
  });
  const { level } = options;
  return [
    ...unknownOptions(of, options, [...Object.keys(checks), ...OF_CONTEXT]),
    ...wrong,
    ...(isTable(level) ? levelProblems(`${of}: options.level`, level) : []),
    ...contextProblems(options, of),
  ];
}

function isLogger(value: unknown): boolean {
  return isTable(value) && LEVELS.every((level) => isFunction((value as Record<string, unknown>)[level]));
}

function isOtherLogger(value: unknown): boolean {
  return isTable(value) && isFunction((value as Partial<RequestLineLogger>).info);
}

function isHeaderName(value: unknown): boolean {
  return value === false || (typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(value));
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
