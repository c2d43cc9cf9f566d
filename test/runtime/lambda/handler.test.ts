import { AsyncResource } from 'node:async_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { withContext, type Logger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';
import { DeliveryStage, until } from '../../support/delivery-stage.js';
import { FUNCTION_ARN, lambdaContext } from '../../support/lambda-context.js';
import { memoryLogger, type Line, type MemorySink } from '../../support/memory-sink.js';

let logger: Logger;
let sink: MemorySink;

beforeEach(() => {
  ({ logger, sink } = memoryLogger());
});

function messages(): unknown[] {
  return sink.logged.map(({ message }) => message);
}

async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}

describe('the handler', () => {
  test('is given what Lambda gives, and its result is handed back', async () => {
    const context = lambdaContext();
    const handler = withLambda(async (event: number, given: object) => [event, given], { logger });

    expect(await handler(7, context)).toEqual([7, context]);
  });

  test('may return its result at once', async () => {
    const handler = withLambda((event: number) => event + 1, { logger });

    expect(await handler(7)).toBe(8);
  });

  test('keeps name, number of parameters, properties and this', async () => {
    const mark = Symbol('mark');
    const handler = Object.assign(
      async function orders(this: unknown, _event: unknown, _context: unknown) {
        return this;
      },
      { [mark]: 'kept', timeout: 3 },
    );
    const wrapped = withLambda(handler, { logger });

    expect(wrapped).not.toBe(handler);
    expect(wrapped.name).toBe('orders');
    expect(wrapped).toHaveLength(2);
    expect([wrapped[mark], wrapped.timeout]).toEqual(['kept', 3]);
    const self = {};
    expect(await wrapped.call(self, {}, lambdaContext())).toBe(self);
  });

  test.each([[undefined], [null], [{}], ['text'], [{ getRemainingTimeInMillis: () => NaN }]])(
    'runs with %p for a context',
    async (context) => {
      const handler = withLambda(
        async (_event: unknown, given: unknown) => {
          logger.info('runs');
          return given;
        },
        { logger },
      );

      expect(await handler({}, context)).toBe(context);
      expect(messages()).toEqual(['runs']);
    },
  );

  test('runs with a context whose members throw', async () => {
    const context = new Proxy({}, { get: () => thrower() });
    const handler = withLambda(async (_event: unknown, _context: unknown) => logger.info('runs'), { logger });

    await handler({}, context);

    expect(messages()).toEqual(['runs']);
  });

  test('is given the third argument of a middleware engine', async () => {
    const { signal } = new AbortController();
    const handler = withLambda(
      (_event: unknown, _context: unknown, given: { signal: AbortSignal }) => given.signal,
      {
        logger,
      },
    );

    expect(await handler({}, lambdaContext(), { signal })).toBe(signal);
  });

  test('is a function', () => {
    expect(() => withLambda(undefined as never)).toThrow(
      new TypeError('withLambda takes a handler, a function; it was given undefined'),
    );
  });

  test.each([null, 'x'])('is wrapped with options, and not with %p', (options) => {
    expect(() => withLambda(async () => undefined, options as never)).toThrow(
      `invalid setting: withLambda: options is ${JSON.stringify(options)}; allowed: options such as { flushMs: 2000 }`,
    );
  });
});

function thrower(): never {
  throw new Error('no');
}

describe('a handler that calls back', () => {
  const byCallback = (
    _event: unknown,
    _context: unknown,
    callback: (error: unknown, result: unknown) => void,
  ) => callback(null, 'result');

  test('is refused by name, with what to do', async () => {
    const handler = withLambda(byCallback, { logger });

    await expect(handler({}, lambdaContext(), () => undefined)).rejects.toThrow(
      new TypeError(
        'withLambda: the handler byCallback answers by a callback, (event, context, callback), which Lambda no longer supports from Node.js 24 on; make it async, (event, context), and return the response',
      ),
    );
    expect(messages()).toEqual(['invocation failed']);
  });

  test('is refused without a name, too', async () => {
    const handler = withLambda((_event: unknown, _context: unknown, callback: () => void) => callback(), {
      logger,
    });

    await expect(handler({}, lambdaContext(), () => undefined)).rejects.toThrow(
      'the handler without a name answers',
    );
  });

  test('runs if it returns a promise, and its callback does nothing', async () => {
    const handler = withLambda(
      async (_event: unknown, _context: unknown, callback: (error: unknown, result: unknown) => void) => {
        callback(null, 'early');
        return 'result';
      },
      { logger },
    );
    const called: unknown[] = [];

    expect(await handler({}, lambdaContext(), (...args) => called.push(args))).toBe('result');
    expect(called).toEqual([]);
  });
});

describe('an error of the handler', () => {
  const frozen = Object.freeze(new Error('frozen'));

  test.each<[string, unknown, unknown]>([
    ['an error', new RangeError('out'), expect.objectContaining({ type: 'RangeError', message: 'out' })],
    ['a frozen error', frozen, expect.objectContaining({ message: 'frozen' })],
    ['null', null, null],
    ['a text', 'text', 'text'],
    ['an object', { code: 7 }, { code: 7 }],
    ['a number', NaN, 'NaN'],
  ])('%s is logged once, and thrown on as it is', async (_, thrown, logged) => {
    const handler = withLambda(() => Promise.reject(thrown), { logger });

    expect(await thrownBy(() => handler())).toBe(thrown);
    expect(sink.logged).toEqual([
      expect.objectContaining({
        level: 'error',
        message: 'invocation failed',
        error: logged,
        coldStart: expect.any(Boolean),
      }),
    ]);
  });

  test('that is thrown at once counts as well', async () => {
    const handler = withLambda(thrower, { logger });

    await expect(handler()).rejects.toThrow('no');
    expect(messages()).toEqual(['invocation failed']);
  });

  test('is logged once where several wrappers are around', async () => {
    const error = new Error('once');
    const inner = withLambda((_event: unknown, _context: unknown) => Promise.reject(error), { logger });
    const outer = withLambda(inner, { logger });

    expect(await thrownBy(() => outer({}, lambdaContext()))).toBe(error);
    expect(messages()).toEqual(['invocation failed']);
    expect(sink.flushes).toBe(1);
  });

  test('is logged again in another invocation', async () => {
    const error = new Error('again');
    const handler = withLambda((_event: unknown, _context: unknown) => Promise.reject(error), { logger });
    await thrownBy(() => handler({}, lambdaContext()));
    await thrownBy(() => handler({}, lambdaContext()));

    expect(messages()).toEqual(['invocation failed', 'invocation failed']);
  });

  test('is not logged where the options say so', async () => {
    const handler = withLambda(thrower, { logger, logErrors: false });

    await expect(handler()).rejects.toThrow('no');
    expect(sink.lines).toEqual([]);
    expect(sink.flushes).toBe(1);
  });
});

test('a logger that fails does not reach the caller', async () => {
  const broken = {
    error: thrower,
    warn: thrower,
    flush: () => Promise.reject(new Error('no flush')),
  };

  expect(await withLambda(async () => 'result', { logger: broken })()).toBe('result');
  const error = new Error('own');
  expect(
    await thrownBy(withLambda(() => Promise.reject(error), { logger: { ...broken, flush: thrower } })),
  ).toBe(error);
});

test('a logger that hangs does not hold the response for longer than the flush may take', async () => {
  const hanging = {
    error: logger.error,
    warn: logger.warn,
    flush: () => new Promise<never>(() => undefined),
  };
  const startedMs = Date.now();

  await withLambda(async () => 'result', { logger: hanging, flushMs: 50, reserveMs: 100 })();

  expect(Date.now() - startedMs).toBeLessThan(2_000);
});

test('a logger that hangs costs no invocation its response that has less than the reserve left', async () => {
  const flush = (): Promise<never> => new Promise(() => undefined);
  const hanging = { error: logger.error, warn: logger.warn, flush };
  const context = lambdaContext(400);

  await withLambda(async (_event: unknown, _context: unknown) => 'result', {
    logger: hanging,
    reserveMs: 10_000,
  })({}, context);

  expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
});

describe('lines of an invocation', () => {
  test('have the ARN of the function, and say whether it is the first', async () => {
    const handler = withLambda(async (_event: unknown, _context: unknown) => logger.info('runs'), { logger });
    await handler({}, lambdaContext());
    await handler({}, lambdaContext());

    expect(sink.logged[1]).toMatchObject({ functionArn: FUNCTION_ARN, coldStart: false });
  });

  test('have the ids of the request, its tenant and its trace', async () => {
    const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
    const handler = withLambda(async (_event: unknown, _context: unknown) => logger.info('runs'), { logger });
    await handler({}, lambdaContext(3_000, { awsRequestId: 'r', tenantId: 't', xRayTraceId: trace }));

    expect(sink.told).toEqual([
      {
        message: 'runs',
        requestId: 'r',
        tenantId: 't',
        traceId: '1-5759e988-bd862e3fe1be46a994272793',
        spanId: '53995c3f42cd8ad8',
        functionArn: FUNCTION_ARN,
        coldStart: false,
      },
    ]);
  });

  test('have the trace of their own invocation where they come after its end, also of a context that does not name it', async () => {
    const handler = withLambda(
      async ({ waits }: { readonly waits?: Promise<void> }, _context: unknown) => {
        if (waits) void waits.then(() => logger.info('late'));
      },
      { logger },
    );
    let next = (): void => undefined;
    process.env['_X_AMZN_TRACE_ID'] = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8';
    try {
      const waits = new Promise<void>((resolve) => (next = resolve));
      await handler({ waits }, lambdaContext(3_000, { awsRequestId: 'first' }));
      process.env['_X_AMZN_TRACE_ID'] = 'Root=1-5759e989-000000000000000000000001;Parent=0000000000000001';
      next();
      await handler({}, lambdaContext());
    } finally {
      delete process.env['_X_AMZN_TRACE_ID'];
    }

    expect(sink.told).toMatchObject([
      {
        message: 'late',
        requestId: 'first',
        traceId: '1-5759e988-bd862e3fe1be46a994272793',
        spanId: '53995c3f42cd8ad8',
      },
    ]);
  });

  test('have a correlation id from where the options say', async () => {
    const event = { headers: { 'X-Amzn-Trace-Id': 'Root=1' }, Records: [{ messageId: 5 }], body: {} };
    const logged = async (correlationId: string | ((given: typeof event, context: object) => unknown)) => {
      const handler = withLambda(async (_event: typeof event, _context: unknown) => logger.info('runs'), {
        logger,
        correlationId,
      });
      await handler(event, lambdaContext());
      return sink.logged.at(-1)!['correlationId'];
    };

    expect(await logged('headers."x-amzn-trace-id"')).toBe('Root=1');
    expect(await logged('Records[0].messageId')).toBe(5);
    expect(await logged('body')).toBeUndefined();
    expect(await logged('Records[1].messageId')).toBeUndefined();
    expect(await logged(({ Records }, context) => `${Records.length} ${'awsRequestId' in context}`)).toBe(
      '1 true',
    );
    expect(await logged(thrower)).toBeUndefined();
    expect(await logged(() => Promise.reject(new Error('no')))).toBeUndefined();
  });

  test('do not mix with those of others that run at the same time', async () => {
    const handler = withLambda(
      async ({ id }: { readonly id: number }, _context: unknown) => {
        logger.info('begin', { id });
        await setTimeout(Math.random() * 20);
        withContext({ record: id }, () => logger.info('middle', { id }));
        await setImmediate();
        logger.info('end', { id });
      },
      { logger, correlationId: 'id' },
    );
    const ids = Array.from({ length: 100 }, (_, id) => id + 1);
    await Promise.all(ids.map((id) => handler({ id }, lambdaContext())));
    logger.info('outside');

    for (const id of ids) {
      const own = sink.logged.filter((line) => line['id'] === id);
      expect(own.map(({ message }) => message)).toEqual(['begin', 'middle', 'end']);
      expect(own.map(({ correlationId }) => correlationId)).toEqual([id, id, id]);
      expect(own.map(({ record }) => record)).toEqual([undefined, id, undefined]);
    }
    expect(sink.told.at(-1)).toEqual({ message: 'outside' });
  });

  test('have nothing of an invocation before, however it ended', async () => {
    const handler = withLambda(
      async (event: Line, _context: unknown) => {
        logger.info('runs');
        if (event['fails']) throw new Error('failed');
        if (event['hangs']) await new Promise(() => undefined);
      },
      { logger, correlationId: 'id' },
    );
    await thrownBy(() => handler({ id: 'first', fails: true }, lambdaContext()));
    void handler({ id: 'second', hangs: true }, lambdaContext());
    await handler({}, lambdaContext());

    expect(sink.logged.at(-1)).not.toHaveProperty('correlationId');
    expect(sink.logged.map(({ correlationId }) => correlationId)).toEqual([
      'first',
      'first',
      'second',
      undefined,
    ]);
  });

  test('have the fields of a context around the handler, as in a test', async () => {
    const handler = withLambda(async (_event: unknown, _context: unknown) => logger.info('runs'), { logger });
    await withContext({ test: 1 }, () => handler({}, lambdaContext()));

    expect(sink.logged).toMatchObject([{ test: 1, functionArn: FUNCTION_ARN }]);
  });

  test('have the fields of each wrapper, where several are around', async () => {
    const inner = withLambda(async (_event: object, _context: unknown) => logger.info('runs'), {
      logger,
      correlationId: () => 'inner',
    });
    await withLambda(inner, { logger, correlationId: () => 'outer' })({}, lambdaContext());
    await withLambda(inner, { logger })({}, lambdaContext());

    expect(sink.logged).toMatchObject([
      { correlationId: 'inner', functionArn: FUNCTION_ARN },
      { correlationId: 'inner', functionArn: FUNCTION_ARN },
    ]);
    expect(sink.flushes).toBe(2);
  });
});

describe('several wrappers', () => {
  test('flush the loggers of all of them at the end, each once', async () => {
    const other = memoryLogger();
    const inner = withLambda(async (_event: unknown, _context: unknown) => undefined, {
      logger: other.logger,
    });
    const middle = withLambda(inner, { logger });
    await withLambda(middle, { logger })({}, lambdaContext());

    expect([sink.flushes, other.sink.flushes]).toEqual([1, 1]);
  });

  test('know their invocation by a copy of its context, too', async () => {
    const inner = withLambda(
      async (_event: unknown, _context: object) => {
        throw new Error('once');
      },
      { logger, correlationId: () => 'inner' },
    );
    const outer = withLambda((event: unknown, context: object) => inner(event, { ...context, user: 'u' }), {
      logger,
    });
    await thrownBy(() => outer({}, lambdaContext()));

    expect(sink.logged).toMatchObject([{ message: 'invocation failed', correlationId: 'inner' }]);
    expect(sink.flushes).toBe(1);
  });

  test('take the next attempt at the same event for an invocation of its own', async () => {
    let next: () => Promise<unknown> = async () => undefined;
    const handler = withLambda(
      async ({ first }: { readonly first: boolean }, context: object) => {
        if (first) next = AsyncResource.bind(() => handler({ first: false }, { ...context }));
        throw new Error('again');
      },
      { logger },
    );
    await thrownBy(() => handler({ first: true }, lambdaContext()));
    await thrownBy(next);

    expect(sink.logged).toHaveLength(2);
    expect(sink.flushes).toBe(2);
  });
});

describe('delivery', () => {
  let stage: DeliveryStage;

  beforeEach(async () => {
    stage = await DeliveryStage.open({ sink: { batchSize: 10_000, batchTimeoutSeconds: 60 } });
  });

  afterEach(() => stage.close());

  const handler = (options: Parameters<typeof withLambda>[1] = {}) =>
    withLambda(
      async (_event: unknown, _context: unknown) => {
        stage.log();
        return 'result';
      },
      { logger: stage.logger, ...options },
    );

  test('is over before the response is handed back', async () => {
    expect(await handler()({}, lambdaContext())).toBe('result');

    expect(stage.sink.stats()).toMatchObject({ accepted: 1, delivered: 1 });
  });

  test('is over before an error is handed back', async () => {
    await thrownBy(() => withLambda(thrower, { logger: stage.logger })());

    expect(stage.sink.stats()).toMatchObject({ accepted: 1, delivered: 1 });
  });

  test('takes the time that is left to the invocation less the reserve; the rest is diverted, and reported in one line', async () => {
    stage.inject({ kind: 'hang', times: Infinity });
    const startedMs = Date.now();
    await handler({ reserveMs: 600, warnBeforeTimeout: false })({}, lambdaContext(1_000));
    const tookMs = Date.now() - startedMs;

    expect(tookMs).toBeGreaterThanOrEqual(380);
    expect(tookMs).toBeLessThan(1_000);
    expect(stage.sink.stats()).toMatchObject({ pending: 0, diverted: { byReason: { flushDeadline: 1 } } });
    expect(stage.diagnostics).toHaveLength(1);
  });

  test('does not take more than the options allow', async () => {
    stage.inject({ kind: 'hang', times: Infinity });
    const startedMs = Date.now();
    await handler({ flushMs: 50 })({}, lambdaContext());

    expect(Date.now() - startedMs).toBeLessThan(10_000);
    expect(stage.sink.stats()).toMatchObject({ pending: 0, diverted: { total: 1 } });
  });

  test('diverts at once where there is no time', async () => {
    stage.inject({ kind: 'hang', times: Infinity });
    await handler()({}, lambdaContext(400));

    expect(stage.sink.stats()).toMatchObject({ pending: 0, diverted: { total: 1 } });
  });

  test('goes on after the response outside of Lambda, where nothing freezes', async () => {
    stage.inject({ kind: 'hang', times: 1 });
    await handler({ flushMs: 50 })({}, {});

    expect(stage.sink.stats()).toMatchObject({ pending: 1, diverted: { total: 0 } });
    stage.clearFaults();
  });

  test('is left to the sink where several invocations run at once', async () => {
    process.env['AWS_LAMBDA_MAX_CONCURRENCY'] = '8';
    try {
      await handler()({}, lambdaContext());
    } finally {
      delete process.env['AWS_LAMBDA_MAX_CONCURRENCY'];
    }
    expect(stage.sink.stats()).toMatchObject({ accepted: 1, pending: 1 });
  });

  test('comes with no warning if the handler ends in time', async () => {
    await handler({ reserveMs: 0 })({}, lambdaContext(50));
    await setTimeout(100);

    expect(stage.sink.stats()).toMatchObject({ accepted: 1 });
  });

  test('comes with no warning where the whole timeout is within the reserve', async () => {
    const slow = withLambda((_event: unknown, _context: unknown) => setTimeout(50), {
      logger: stage.logger,
    });
    await slow({}, lambdaContext(400));

    expect(stage.sink.stats()).toMatchObject({ accepted: 0 });
  });

  test('comes before a timeout, with a warning', async () => {
    let end = (): void => undefined;
    const hanging = withLambda(
      (_event: unknown, _context: unknown) => {
        stage.log();
        return new Promise<void>((resolve) => (end = resolve));
      },
      { logger: stage.logger, reserveMs: 2_000 },
    );
    const invocation = hanging({}, lambdaContext(2_100));
    await until(() => stage.sink.stats().delivered === 2);

    const [warning] = (await stage.stored()).filter(({ message }) => message.includes('time out'));
    expect(JSON.parse(warning!.message)).toMatchObject({
      level: 'warn',
      message: 'invocation is about to time out',
      functionArn: FUNCTION_ARN,
    });
    end();
    await invocation;
  });
});

describe('debug lines that wait', () => {
  beforeEach(() => {
    ({ logger, sink } = memoryLogger('info'));
  });

  test.each<[boolean, readonly string[]]>([
    [false, ['outside']],
    [true, ['details', 'invocation failed', 'outside']],
  ])('where the handler fails: %p', async (fails, expected) => {
    const handler = withLambda(
      async (_event: unknown, _context: unknown) => {
        logger.debug('details');
        if (fails) throw new Error('failed');
      },
      { logger, bufferLevel: 'debug' },
    );
    await handler({}, lambdaContext()).catch(() => undefined);
    logger.info('outside');

    expect(messages()).toEqual(expected);
  });

  test('go on before a timeout, those of contexts within the handler, too, in the order in which they began', async () => {
    const handler = withLambda(
      async (_event: unknown, _context: unknown) => {
        logger.debug('outer');
        const each = (record: string): Promise<void> =>
          withContext({ record }, () => (logger.debug('inner'), setTimeout(150)), { bufferLevel: 'debug' });
        await each('over');
        await Promise.all(['first', 'second'].map(each));
      },
      { logger, bufferLevel: 'debug', reserveMs: 100 },
    );
    await handler({}, lambdaContext(300));

    expect(sink.told).toMatchObject([
      { message: 'outer' },
      { message: 'inner', record: 'first' },
      { message: 'inner', record: 'second' },
      { message: 'invocation is about to time out' },
    ]);
    expect(logger.stats()).toMatchObject({ buffered: 0, filtered: { total: 1, byReason: { buffer: 1 } } });
  });

  test('go on where an error is not logged', async () => {
    const handler = withLambda(
      (_event: unknown, _context: unknown) => {
        logger.debug('details');
        return thrower();
      },
      { logger, bufferLevel: 'debug', logErrors: false },
    );
    await thrownBy(() => handler({}, lambdaContext()));

    expect(messages()).toEqual(['details']);
  });

  test('go on before a timeout, those of an inner wrapper, too', async () => {
    const inner = withLambda(
      async (_event: unknown, _context: unknown) => {
        logger.debug('details');
        await setTimeout(100);
      },
      { logger, bufferLevel: 'debug' },
    );
    await withLambda(inner, { logger, reserveMs: 1_000 })({}, lambdaContext(1_050));

    expect(messages()).toEqual(['details', 'invocation is about to time out']);
  });
});
