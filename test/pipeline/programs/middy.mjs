// Runs handlers of middy, whose module MIDDY names, and prints what they logged, and how often was flushed.
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { getLogger } from 'fapilog-cloudwatch';
import { lambdaMiddleware, withLambda } from 'fapilog-cloudwatch/lambda';

const loaded = await import(process.env.MIDDY);
const middy = loaded.middy ?? loaded.default;

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
globalThis.awslambda = {
  streamifyResponse: (handler) => Object.assign(handler, { [STREAMING]: 'response' }),
};

const lines = [];
const none = { total: 0, byReason: {} };
const sink = {
  name: 'kept',
  write: ({ message, fields }) => {
    const { id, correlationId, functionArn, error } = Object.assign({}, ...fields);
    lines.push({ message, id, correlationId, functionArn, error: error?.message });
  },
  flush: async () => void lines.push('flush'),
  close: async () => undefined,
  stats: () => ({
    accepted: 0,
    delivered: 0,
    rejected: none,
    spooled: 0,
    diverted: none,
    dropped: none,
    pending: 0,
  }),
};
const logger = getLogger({ sinks: [sink] });
const middleware = () => lambdaMiddleware({ logger, correlationId: 'id' });

/** As the runtime calls a handler: an await in a loop, in whose context the next invocation begins. */
async function invoke(handler, events) {
  const results = [];
  for (const event of events) results.push(await answerOf(handler, event));
  return results;
}

async function answerOf(handler, event, ...more) {
  try {
    return (await handler(event, ...more, { invokedFunctionArn: `arn-${event.id}` })) ?? null;
  } catch (error) {
    return `threw ${error.message}`;
  }
}

const logs = async ({ id, fails }) => {
  logger.info('begin', { id });
  await setTimeout(1);
  if (fails) throw new Error(`failed ${id}`);
  logger.info('end', { id });
  return id;
};

const signalled = async (event, context, { signal }) => signal.aborted;

const logging = {
  before: () => logger.info('before'),
  after: () => logger.info('after'),
  onError: () => logger.info('onError'),
};

const scenarios = {
  plain: () => invoke(middy().use(middleware()).handler(logs), [{ id: 1 }, { id: 2 }]),
  fails: () => invoke(middy().use(middleware()).handler(logs), [{ id: 1, fails: true }, { id: 2 }]),
  stacked: () =>
    invoke(withLambda(middy().use(middleware()).use(middleware()).handler(logs), { logger }), [
      { id: 1, fails: true },
      { id: 2 },
    ]),
  first: () =>
    invoke(middy().use(middleware()).use(logging).handler(logs), [{ id: 1 }, { id: 2, fails: true }]),
  handled: () =>
    invoke(
      middy()
        .use(middleware())
        .use({ onError: (request) => void (request.response = 'handled') })
        .handler(logs),
      [{ id: 1, fails: true }],
    ),
  earlier: () =>
    invoke(
      middy()
        .use({ before: ({ event }) => event.stops && Promise.reject(new Error('stopped')) })
        .use(middleware())
        .handler(logs),
      [{ id: 1, stops: true }],
    ),
  early: () =>
    invoke(middy().use(middleware()).use(early).handler(logs), [{ id: 1, early: 'early' }, { id: 2 }]),
  earlyWithId: () =>
    invoke(middy().use(middleware()).use(early).handler(logs), [{ id: 1, early: 'early' }, {}]),
  earlyWrapped: () =>
    invoke(withLambda(middy().use(early).handler(logs), { logger, correlationId: 'id' }), [
      { id: 1, early: 'early' },
      { id: 2 },
    ]),
  earlyAndOver: async () => {
    const short = lambdaMiddleware({ logger, reserveMs: 0 });
    const handler = middy().use(short).use(early).handler(logs);
    const answer = await handler({ early: 'early' }, { getRemainingTimeInMillis: () => 20 });
    await setTimeout(60);
    return answer;
  },
  concurrent: async () => {
    const handler = middy().use(middleware()).handler(logs);
    await Promise.all(Array.from({ length: 50 }, (_, id) => answerOf(handler, { id })));
    const logged = lines.splice(0).filter((line) => line !== 'flush');
    return [logged.length, logged.filter((line) => line.id !== line.correlationId)];
  },
  within: () => invoke(middy().use(middleware()).handler(withLambda(signalled, { logger })), [{ id: 1 }]),
  streamed: async () => {
    const handler = withLambda(
      streaming(async () => 'body'),
      { logger },
    );
    const stream = new PassThrough();
    const body = text(stream);
    await answerOf(handler, { id: 1 }, stream);
    return { isStreaming: handler[STREAMING], body: await body };
  },
};

const early = {
  before: ({ event }) => {
    logger.info('asks');
    return event.early;
  },
};

function streaming(handler) {
  const { executionModeStreamifyResponse } = streamMode;
  const options = executionModeStreamifyResponse
    ? { executionMode: executionModeStreamifyResponse }
    : { streamifyResponse: true };
  const made = middy(options);
  return made.handler(handler);
}

const streamMode = await import(`${process.env.MIDDY}/StreamifyResponse`).catch(() => ({}));

const report = {};
for (const [name, run] of Object.entries(scenarios)) {
  const results = await run();
  report[name] = { results, lines: lines.splice(0) };
}
console.log(JSON.stringify(report));
