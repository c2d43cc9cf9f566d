import type { DurableContext, DurableContextLogger, DurableLogger } from '@aws/durable-execution-sdk-js';
import { withContext, type Logger } from '../../../runtime/index.js';
import { inInvocation } from '../../../runtime/logger/invocation.js';
import { enterScope, runIn } from '../../../runtime/logger/scope.js';
import { RuntimeStore } from '../../support/invoke-store.js';
import { memoryLogger } from '../../support/memory-sink.js';

/** What the SDK hands to the logger of an execution. */
function durable(name: string, more: object = {}): { getDurableLogData(): object } {
  return {
    getDurableLogData: () => ({
      executionArn: `arn:${name}`,
      requestId: `r-${name}`,
      tenantId: undefined,
      ...more,
    }),
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const names = Array.from({ length: 20 }, (_, index) => `e-${index}`);

/** Whatever a test entered. */
afterEach(() => {
  enterScope(undefined);
  RuntimeStore.close();
});

test('the SDK of durable functions takes a logger whole', () => {
  const { logger } = memoryLogger();
  const config: Parameters<DurableContext<Logger>['configureLogger']>[0] = { customLogger: logger };
  const whole: DurableLogger = logger;
  const part: DurableContextLogger<Logger> = logger;

  expect([config.customLogger, whole, part]).toEqual([logger, logger, logger]);
});

test('before a durable context, and for one that says nothing, lines have no more than before', () => {
  const { logger, sink } = memoryLogger();

  logger.info('first');
  logger.configureDurableLoggingContext({ getDurableLogData: () => ({}) });
  logger.info('second');

  expect(sink.told).toEqual([{ message: 'first' }, { message: 'second' }]);
});

test('the data are asked for at each call, and all members that are known are fields, below those of the application', () => {
  const { logger, sink } = memoryLogger();
  let attempt = 0;
  logger.configureDurableLoggingContext({
    getDurableLogData: () => ({
      ...durable('a').getDurableLogData(),
      attempt: ++attempt,
      later: { new: true },
    }),
  });

  logger.info('first');
  logger.child({ job: 'import' }).info('second', { executionArn: 'mine', requestId: 'own' });

  const more = { executionArn: 'arn:a', later: { new: true } };
  expect(sink.told).toEqual([
    { message: 'first', requestId: 'r-a', ...more, attempt: 1 },
    { message: 'second', requestId: 'own', ...more, executionArn: 'mine', attempt: 2, job: 'import' },
  ]);
});

describe.each<[string, (work: (name: string) => Promise<void>) => (name: string) => Promise<void>]>([
  [
    'of a runtime that runs several',
    (work) => (name) => store.invoke({ requestId: `r-${name}` }, () => work(name)),
  ],
  [
    'of a wrapped handler',
    (work) => (name) => runIn(inInvocation({ fields: {} }, { requestId: `r-${name}` }), () => work(name)),
  ],
  ['of nobody', (work) => async (name) => turn().then(() => work(name))],
])('executions in invocations %s', (_, invoked) => {
  test('take turns on one logger, and each line has its own', async () => {
    // GIVEN
    store = await RuntimeStore.open(true);
    const { logger, sink } = memoryLogger();
    const handler = invoked(async (name) => {
      logger.configureDurableLoggingContext(durable(name));
      await turn();
      logger.info('at the top', { name });
      await withContext({ inner: true }, async () => {
        await turn();
        logger.child({}).info('within', { name });
      });
    });

    // WHEN
    await Promise.all(names.map(handler));
    logger.info('outside');

    // THEN
    expect(sink.told.filter(({ name }) => name === undefined)).toEqual([{ message: 'outside' }]);
    const own = sink.told.filter(({ name }) => name !== undefined);
    expect(own).toHaveLength(2 * names.length);
    for (const { executionArn, requestId, name } of own)
      expect([executionArn, requestId]).toEqual([`arn:${String(name)}`, `r-${String(name)}`]);
  });
});

let store: RuntimeStore;

test('a context that is told within withContext holds for the rest of the invocation', async () => {
  store = await RuntimeStore.open(true);
  const { logger, sink } = memoryLogger();
  const handler = async (): Promise<void> => {
    await withContext({ inner: true }, async () => {
      await turn();
      logger.configureDurableLoggingContext(durable('a'));
    });
    logger.info('later');
  };

  await runIn(inInvocation({ fields: {} }, {}), handler);
  await store.invoke({ requestId: 'r-a' }, handler);

  const line = { message: 'later', executionArn: 'arn:a', requestId: 'r-a' };
  expect(sink.told).toEqual([line, line]);
});

test('an environment that runs one invocation after the other keeps none of the last one', async () => {
  store = await RuntimeStore.open(false);
  const { logger, sink } = memoryLogger();

  store.invoke({ requestId: 'r-a' }, () => {
    logger.configureDurableLoggingContext(durable('a'));
    logger.info('first');
  });
  store.invoke({ requestId: 'r-b' }, () => logger.info('second'));

  expect(sink.told).toEqual([
    { message: 'first', executionArn: 'arn:a', requestId: 'r-a' },
    { message: 'second', requestId: 'r-b' },
  ]);
});

const throwing = (): never => {
  throw new Error('no');
};

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'no context'],
  ['no function', { getDurableLogData: 7 }],
  ['one that throws', { getDurableLogData: throwing }],
  ['a promise that rejects', { getDurableLogData: () => Promise.reject(new Error('no')) }],
  ['a text as data', { getDurableLogData: () => 'no data' }],
  [
    'data that throw',
    {
      getDurableLogData: () => ({
        get executionArn() {
          return throwing();
        },
      }),
    },
  ],
  ['a proxy that throws', new Proxy({}, { get: throwing })],
])('%s in place of a durable context costs no line, and nothing is thrown', async (_, context) => {
  const { logger, sink } = memoryLogger();

  logger.configureDurableLoggingContext(context as never);
  logger.info('still there', { id: 7 });
  await turn();

  expect(sink.told).toEqual([{ message: 'still there', id: 7 }]);
});

test('a durable context that logs does not go round in circles', () => {
  const { logger, sink } = memoryLogger();
  logger.configureDurableLoggingContext({
    getDurableLogData: () => {
      logger.info('asked');
      return {};
    },
  });

  logger.info('outer');

  expect(sink.told.at(-1)).toEqual({ message: 'outer' });
  expect(sink.told.length).toBeLessThan(10);
});
