import { lambdaMiddleware, withLambda, type LambdaOptions } from 'fapilog-cloudwatch/lambda';
import { memoryLogger } from '../../support/memory-sink.js';

const { logger } = memoryLogger();

function errorOf(options: object): unknown {
  try {
    withLambda(async () => undefined, { logger, ...options });
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

test.each<[object, string]>([
  [{ reserveMs: -1 }, 'withLambda: options.reserveMs is -1; allowed: a number of milliseconds, 0 or more'],
  [
    { reserveMs: '500' },
    'withLambda: options.reserveMs is "500"; allowed: a number of milliseconds, 0 or more',
  ],
  [
    { reserveMs: Infinity },
    'withLambda: options.reserveMs is Infinity; allowed: a number of milliseconds, 0 or more',
  ],
  [{ flushMs: NaN }, 'withLambda: options.flushMs is NaN; allowed: a number of milliseconds, 0 or more'],
  [{ logErrors: 'no' }, 'withLambda: options.logErrors is "no"; allowed: true or false'],
  [{ warnBeforeTimeout: 0 }, 'withLambda: options.warnBeforeTimeout is 0; allowed: true or false'],
  [{ logger: {} }, 'withLambda: options.logger is {}; allowed: a logger, as getLogger() returns it'],
  [{ logger: null }, 'withLambda: options.logger is null; allowed: a logger, as getLogger() returns it'],
  [
    { correlationId: 'Records[x]' },
    'withLambda: options.correlationId is "Records[x]"; allowed: a path such as requestContext.requestId, headers."x-amzn-trace-id" or Records[0].messageId, or a function of event and context',
  ],
  [
    { bufferLevel: 'error' },
    'withLambda: options.bufferLevel is "error"; allowed: one of trace, debug, info, warn (also warning), in any case',
  ],
  [{ sampleRate: 2 }, 'withLambda: options.sampleRate is 2; allowed: a number from 0 to 1'],
  [{ reserve: 5 }, 'withLambda: options.reserve is 5: no such option; did you mean reserveMs?'],
])('%j is refused', (options, message) => {
  expect(errorOf(options)).toBe(`invalid setting: ${message}`);
});

test.each<[string, () => unknown, string]>([
  [
    'a handler that was called',
    () => withLambda(Promise.resolve(1) as never),
    'withLambda takes a handler, a function; it was given a promise: pass the handler itself, and do not call it',
  ],
  [
    'options before the handler',
    () => withLambda({ flushMs: 5 } as never, (async () => undefined) as never),
    'withLambda takes a handler, a function; it was given the options first: the handler comes before them',
  ],
  [
    'a handler for the middleware',
    () => lambdaMiddleware((async () => undefined) as never),
    'invalid setting: lambdaMiddleware: options is [AsyncFunction (anonymous)]; allowed: options such as { flushMs: 2000 }; to wrap a handler, use withLambda',
  ],
])('%s is refused with what to write', (_, act, message) => {
  expect(act).toThrow(message);
});

test('all that is wrong is said at once', () => {
  expect(() => lambdaMiddleware({ logger, reserveMs: -1, correlationId: 'a..b' })).toThrow(
    /invalid settings:\n {2}- lambdaMiddleware: options.reserveMs is -1; .*\n {2}- lambdaMiddleware: options.correlationId is "a\.\.b"; /,
  );
});

test.each<[LambdaOptions]>([
  [{}],
  [{ reserveMs: 0, flushMs: 0 }],
  [{ reserveMs: undefined, flushMs: undefined, correlationId: undefined, logErrors: undefined }],
  [{ correlationId: () => 'id' }],
  [{ logger: logger.child({ a: 1 }) }],
])('%j is taken', (options) => {
  expect(errorOf(options)).toBeUndefined();
});
