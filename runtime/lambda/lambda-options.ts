import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { contextProblems } from '../logger/context-options.js';
import { getLogger } from '../logger/get-logger.js';
import type { Logger } from '../logger/logger.js';
import type { ContextOptions } from '../logger/open-scope.js';
import { asMapping } from '../settings/document.js';
import { unknownOptions } from '../settings/unknown-options.js';
import { parsePath, valueAt } from './correlation-path.js';

/** A logger, a child of one included. */
export type LambdaLogger = Pick<Logger, 'error' | 'warn' | 'flush'>;

/** Takes the correlation id from what a handler is given. */
export type CorrelationIdReader = (event: any, context: any) => unknown; // oxlint-disable-line typescript/no-explicit-any -- as handlers have them

/** Options of {@link withLambda} and {@link lambdaMiddleware}. */
export interface LambdaOptions extends ContextOptions {
  /** Whose sinks are flushed, and who logs what the wrapper has to say. @default - `getLogger()`, made at once, with the function's initialization */
  readonly logger?: LambdaLogger | undefined;
  /** Milliseconds before the function's timeout that no flush takes, and at which the warning comes. @default 500 */
  readonly reserveMs?: number | undefined;
  /**
   * The longest time in milliseconds that an invocation waits for its lines to be delivered.
   *
   * @default - the time that is left to the invocation, less `reserveMs`; 2 seconds outside of Lambda
   */
  readonly flushMs?: number | undefined;
  /**
   * Where in the event the field `correlationId` is found: a path such as `requestContext.requestId`, `headers."x-amzn-trace-id"` or
   * `Records[0].messageId`, of which {@link correlationPaths} has the usual ones, or a function of event and context. Names of headers
   * are compared without case. Where there is neither a text nor a number, the field is left out.
   *
   * @default - no such field
   */
  readonly correlationId?: string | CorrelationIdReader | undefined;
  /** Whether an error that the handler throws is logged, as `invocation failed`. It is thrown on in any case. @default true */
  readonly logErrors?: boolean | undefined;
  /**
   * Whether an invocation that still runs `reserveMs` before its timeout logs a warning, and sends what waits: once Lambda ends it,
   * nothing can. @default true
   */
  readonly warnBeforeTimeout?: boolean | undefined;
}

/** Options as they are used, with nothing left open. */
export interface LambdaPlan {
  readonly logger: () => LambdaLogger;
  readonly reserveMs: number;
  readonly flushMs: number;
  readonly correlationId: CorrelationIdReader;
  readonly logErrors: boolean;
  readonly warnBeforeTimeout: boolean;
  /** Whether the environment is frozen between invocations. Where several run at once, it is not. */
  readonly freezes: boolean;
  readonly context: ContextOptions;
}

const OWN = ['logger', 'reserveMs', 'flushMs', 'correlationId', 'logErrors', 'warnBeforeTimeout'];
const OF_CONTEXT = ['bufferLevel', 'bufferBytes', 'sampleRate'];

/**
 * Reads the options of the call `of`, and makes the logger.
 *
 * @throws SettingsError naming every option that is malformed or unknown.
 */
export function planOf(of: string, options: LambdaOptions): LambdaPlan {
  if (!asMapping(options)) {
    const hint =
      of === 'lambdaMiddleware' && typeof options === 'function' ? '; to wrap a handler, use withLambda' : '';
    const allowed = `options such as { flushMs: 2000 }${hint}`;
    assertNoProblems([{ where: `${of}: options`, value: options, allowed }]);
  }
  const {
    logger,
    reserveMs = 500,
    flushMs = Infinity,
    correlationId,
    logErrors = true,
    warnBeforeTimeout = true,
    ...context
  } = options;
  assertNoProblems([
    ...unknownOptions(of, options, [...OWN, ...OF_CONTEXT]),
    ...loggerProblems(of, logger),
    ...msProblems(of, { reserveMs, flushMs: flushMs === Infinity ? 0 : flushMs }),
    ...flagProblems(of, { logErrors, warnBeforeTimeout }),
    ...correlationProblems(of, correlationId),
    ...contextProblems(context, of),
  ]);
  if (!logger) getLogger();
  return {
    // The shared logger may be closed, and then there is another one.
    logger: logger ? () => logger : () => getLogger(),
    reserveMs,
    flushMs,
    correlationId: readerOf(correlationId),
    logErrors,
    warnBeforeTimeout,
    freezes: process.env['AWS_LAMBDA_MAX_CONCURRENCY'] === undefined,
    context,
  };
}

function readerOf(correlationId: LambdaOptions['correlationId'] = () => undefined): CorrelationIdReader {
  if (typeof correlationId === 'function') return correlationId;
  const path = parsePath(correlationId)!;
  return (event) => valueAt(event, path);
}

function problem(of: string, name: string, value: unknown, allowed: string): Problem {
  return { where: `${of}: options.${name}`, value, allowed };
}

function loggerProblems(of: string, logger: unknown): Problem[] {
  const { error, warn, flush } = (logger ?? {}) as Partial<LambdaLogger>;
  const isLogger = [error, warn, flush].every((method) => typeof method === 'function');
  return logger === undefined || isLogger
    ? []
    : [problem(of, 'logger', logger, 'a logger, as getLogger() returns it')];
}

function msProblems(of: string, given: Readonly<Record<string, unknown>>): Problem[] {
  return Object.entries(given)
    .filter(([, value]) => !(Number.isFinite(value) && (value as number) >= 0))
    .map(([name, value]) => problem(of, name, value, 'a number of milliseconds, 0 or more'));
}

function flagProblems(of: string, given: Readonly<Record<string, unknown>>): Problem[] {
  return Object.entries(given)
    .filter(([, value]) => typeof value !== 'boolean')
    .map(([name, value]) => problem(of, name, value, 'true or false'));
}

function correlationProblems(of: string, correlationId: unknown): Problem[] {
  if (correlationId === undefined || typeof correlationId === 'function') return [];
  if (typeof correlationId === 'string' && parsePath(correlationId)) return [];
  return [
    problem(
      of,
      'correlationId',
      correlationId,
      'a path such as requestContext.requestId, headers."x-amzn-trace-id" or Records[0].messageId, or a function of event and context',
    ),
  ];
}
