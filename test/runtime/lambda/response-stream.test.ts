import { EventEmitter } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';
import { streamEnd } from '../../../runtime/lambda/response-stream.js';
import { lambdaContext } from '../../support/lambda-context.js';
import { memoryLogger, type MemorySink } from '../../support/memory-sink.js';

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

type Streaming = (event: unknown, stream: Writable, context: unknown) => Promise<void>;

/** Marks the function itself, as the runtime's does. */
function streamifyResponse(handler: Streaming, options?: { highWaterMark: number }): Streaming {
  return Object.assign(handler, {
    [STREAMING]: 'response',
    ...(options && { [HIGH_WATER_MARK]: options.highWaterMark }),
  });
}

let logger: Logger;
let sink: MemorySink;

beforeEach(() => {
  ({ logger, sink } = memoryLogger());
});

/** A stream whose reader takes its time, and what it was given. */
function slowStream(): { readonly stream: Writable; readonly chunks: string[] } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _, callback) {
      chunks.push(String(chunk));
      setTimeout(callback, 50);
    },
  });
  return { stream, chunks };
}

const answers: Streaming = async (_event, stream, context) => {
  logger.info('answers', { context });
  stream.once('finish', () => logger.info('finished'));
  stream.write('one');
  stream.end('two');
};

const orders: [string, () => Streaming][] = [
  ['withLambda around streamifyResponse', () => withLambda(streamifyResponse(answers), { logger })],
  ['streamifyResponse around withLambda', () => streamifyResponse(withLambda(answers, { logger }))],
  ['withLambda alone', () => withLambda(answers, { logger })],
];

test.each(orders)('%s: lines are flushed once the stream has ended', async (_, make) => {
  const { stream, chunks } = slowStream();
  const context = lambdaContext();
  const flushedAfter: unknown[] = [];
  sink.flush = async () => {
    flushedAfter.push(...sink.logged.map(({ message }) => message));
    return sink.stats();
  };

  expect(await make()({}, stream, context)).toBeUndefined();

  expect(chunks).toEqual(['one', 'two']);
  expect(flushedAfter).toEqual(['answers', 'finished']);
  expect(sink.logged).toMatchObject([
    { context: { awsRequestId: context.awsRequestId }, functionArn: context.invokedFunctionArn },
    { functionArn: context.invokedFunctionArn },
  ]);
});

test('what the handler returns is ignored, as Lambda ignores it', async () => {
  const handler = withLambda(
    async (_event: unknown, stream: Writable, _context: unknown) => {
      stream.end();
      return 'result';
    },
    { logger },
  );

  expect(await handler({}, slowStream().stream, lambdaContext())).toBeUndefined();
});

test('the marks of the runtime are kept', () => {
  const handler = withLambda(streamifyResponse(answers, { highWaterMark: 7 }), { logger });

  expect(Object.assign({}, handler)).toEqual({ [STREAMING]: 'response', [HIGH_WATER_MARK]: 7 });
  expect(handler).toHaveLength(3);
});

test('an error is logged and thrown on without waiting for a stream that nobody ends', async () => {
  const error = new Error('failed');
  const handler = withLambda(
    async (_event: unknown, _stream: Writable, _context: unknown) => Promise.reject(error),
    {
      logger,
    },
  );

  await expect(handler({}, new PassThrough(), lambdaContext())).rejects.toBe(error);
  expect(sink.logged).toMatchObject([{ message: 'invocation failed' }]);
  expect(sink.flushes).toBe(1);
});

test('a stream that never ends is waited for only as long as there is time to deliver afterwards', async () => {
  const handler = withLambda(async (_event: unknown, _stream: Writable, _context: unknown) => undefined, {
    logger,
    reserveMs: 100,
  });
  const startedMs = Date.now();

  await handler({}, new PassThrough(), lambdaContext(400));

  expect(Date.now() - startedMs).toBeGreaterThanOrEqual(190);
  expect(sink.flushes).toBe(1);
});

test.each<[string, object]>([
  ['two methods', { write: () => true, end: () => undefined }],
  [
    'methods that do nothing',
    Object.fromEntries(['write', 'end', 'once', 'off'].map((name) => [name, () => undefined])),
  ],
  [
    'methods that throw',
    new Proxy(
      {},
      {
        get: () => () => {
          throw new Error('no');
        },
      },
    ),
  ],
  [
    'members that throw',
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    ),
  ],
])(
  'a stand-in for a stream, with %s, is not waited for, and its handler settles as without the wrapper',
  async (_, stream) => {
    const handler = async (_event: unknown, _stream: object, _context: unknown): Promise<void> => undefined;
    const wrapped = withLambda(Object.assign(handler, { [STREAMING]: 'response' }), { logger });
    const startedMs = Date.now();

    await expect(wrapped({}, stream, lambdaContext())).resolves.toBeUndefined();
    expect(Date.now() - startedMs).toBeLessThan(2_000);
  },
);

describe('the end of a stream', () => {
  const ends: [string, (stream: PassThrough) => void][] = [
    ['finished', (stream) => stream.resume().end()],
    ['destroyed', (stream) => stream.destroy()],
    ['failed', (stream) => stream.once('error', () => undefined).destroy(new Error('broken pipe'))],
  ];

  test.each(ends)('is there once it is %s, before or after', async (_, end) => {
    const later = new PassThrough();
    const ended = streamEnd(later, 60_000);
    end(later);
    await ended;
    const before = new PassThrough();
    end(before);
    await pause(5);
    await streamEnd(before, 60_000);

    for (const event of ['finish', 'close', EventEmitter.errorMonitor])
      expect(later.listeners(event)).not.toContainEqual(expect.objectContaining({ name: 'end' }));
  });

  test('a failure that nobody listens to is not hidden', async () => {
    const stream = new PassThrough();
    void streamEnd(stream, 60_000);

    expect(() => stream.emit('error', new Error('unheard'))).toThrow('unheard');
  });
});
