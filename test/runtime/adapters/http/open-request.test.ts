import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  OpenRequest,
  type Ending,
  type GivenRequest,
} from '../../../../runtime/adapters/http/open-request.js';
import {
  planOf,
  type RequestLoggerOptions,
} from '../../../../runtime/adapters/http/request-logger-options.js';
import { inInvocation } from '../../../../runtime/logger/invocation.js';
import { withContext } from '../../../../runtime/index.js';
import { runIn } from '../../../../runtime/logger/scope.js';
import { codesHeard } from '../../../support/heard.js';
import { memoryLogger, type Line } from '../../../support/memory-sink.js';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const ok: Ending = { statusCode: 200, res: { statusCode: 200 } };

interface Case {
  readonly options?: RequestLoggerOptions;
  readonly given?: Partial<GivenRequest>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly ending?: Ending;
  readonly level?: 'trace' | 'info' | 'error';
  readonly work?: (log: (message: string) => void) => unknown;
}

/** The lines of one request. */
function linesOf({ options, given, headers = {}, ending = ok, level, work = () => undefined }: Case): Line[] {
  const { logger, sink } = memoryLogger(level);
  const open = new OpenRequest(
    {
      request: { isRequest: true },
      method: 'GET',
      url: '/orders/7?full=1',
      shape: { method: 'GET', url: '/orders/7?full=1' },
      header: (name) => headers[name],
      route: () => '/orders/:id',
      ...given,
    },
    planOf('requestLogger', { logger, ...options }),
  );
  open.run(
    () => work((message) => logger.debug(message)),
    () => undefined,
  );
  open.end(() => ending);
  open.end(() => ({ statusCode: 500 }));
  return sink.logged;
}

const told = (lines: readonly Line[]): unknown[] => lines.map(({ message }) => message);

test('a request ends once', () => {
  expect(told(linesOf({}))).toEqual(['request completed']);
});

test('a line of the start comes at info, if it is wanted', () => {
  const [start, end] = linesOf({ options: { startLine: true } });

  expect(start).toMatchObject({
    level: 'info',
    message: 'request started',
    req: { url: '/orders/7?full=1' },
  });
  expect(start!['requestId']).toBe(end!['requestId']);
});

test('the query is left out, if it is wanted so', () => {
  const [start, end] = linesOf({ options: { query: false, startLine: true } });

  expect([start, end]).toMatchObject([{ req: { url: '/orders/7' } }, { req: { url: '/orders/7' } }]);
});

test('credentials in a URL are masked', () => {
  const url = '/go?to=https://user:s3cr3t@example.com/';
  const [line] = linesOf({ given: { url } });

  expect(JSON.stringify(line)).not.toContain('s3cr3t');
});

test.each([
  ['paths', ['/orders/7']],
  ['a function', ({ path }: { path: string }) => path === '/orders/7'],
] as const)('requests are ignored by %s, but not what they log', (_, ignore) => {
  const lines = linesOf({ options: { ignore, startLine: true }, work: (log) => log('within') });

  expect(told(lines)).toEqual(['within']);
  expect(lines[0]).toHaveProperty('requestId');
});

test('a function that ignores is told how the request ended', () => {
  const ignore: RequestLoggerOptions['ignore'] = ({ statusCode = 0 }) => statusCode < 400;

  expect(told(linesOf({ options: { ignore } }))).toEqual([]);
  expect(told(linesOf({ options: { ignore }, ending: { statusCode: 500 } }))).toEqual(['request failed']);
});

test('the level may be that of a table or of a function, and silent', () => {
  expect(linesOf({ options: { level: { '2xx': 'debug' } } })).toMatchObject([{ level: 'debug' }]);
  expect(linesOf({ options: { level: () => 'fatal' } })).toMatchObject([{ level: 'fatal' }]);
  expect(linesOf({ options: { level: () => undefined } })).toMatchObject([{ level: 'info' }]);
  expect(linesOf({ options: { level: { 200: 'silent' } } })).toEqual([]);
});

test('functions know the request', () => {
  const seen: object[] = [];
  const error = new Error('boom');
  const fields: RequestLoggerOptions['fields'] = (facts) => {
    seen.push(facts);
    return { userId: 'u-1' };
  };
  const [line] = linesOf({
    options: { fields },
    headers: { 'x-request-id': 'r-7' },
    ending: { ...ok, error },
  });

  expect(line).toMatchObject({ userId: 'u-1', route: '/orders/:id', error: { message: 'boom' } });
  expect(seen).toEqual([
    {
      request: { isRequest: true },
      method: 'GET',
      url: '/orders/7?full=1',
      path: '/orders/7',
      route: '/orders/:id',
      requestId: 'r-7',
      statusCode: 200,
      durationMs: expect.any(Number),
      error,
      isAborted: false,
    },
  ]);
});

const throwing = (): never => {
  throw new Error('callback');
};

test.each<[string, object]>([
  ['a level that throws', { level: throwing }],
  ['a level that is none', { level: () => 'loud' }],
  ['a level that is promised', { level: () => Promise.reject(new Error('late')) }],
  ['an ignore that throws', { ignore: throwing }],
  ['an ignore that is promised', { ignore: async () => true }],
  ['fields that throw', { fields: throwing }],
  ['fields that are promised', { fields: async () => ({ a: 1 }) }],
  ['fields that are text', { fields: () => 'a' }],
])('%s is reported, and the line has its defaults', async (_, options) => {
  let lines: Line[] = [];
  const codes = await codesHeard(async () => (lines = linesOf({ options })));

  expect(lines).toMatchObject([{ level: 'info', message: 'request completed' }]);
  expect(codes).toEqual(['http']);
});

test('a logger that throws is reported, and nothing is thrown', async () => {
  const { logger } = memoryLogger();
  const bad = Object.assign(Object.create(logger) as typeof logger, { info: throwing });

  expect(await codesHeard(async () => linesOf({ options: { logger: bad, startLine: true } }))).toEqual([
    'http',
    'http',
  ]);
});

test.each([
  ['an error', { statusCode: 500 }],
  ['an abort', { isAborted: true }],
])('details go on with %s', (_, ending) => {
  const options = { bufferLevel: 'debug' } as const;
  const work: Case['work'] = (log) => log('detail');

  expect(told(linesOf({ options, ending, work, level: 'info' }))).toContain('detail');
  expect(told(linesOf({ options, work, level: 'info' }))).toEqual(['request completed']);
});

test('the line of a request that succeeds does not wait with lines of its level', () => {
  const lines = linesOf({ options: { bufferLevel: 'info', startLine: true }, level: 'info' });

  expect(told(lines)).toEqual(['request completed']);
});

test('a scope that is sampled has the line also where the logger leaves it out', () => {
  const work: Case['work'] = (log) => log('detail');

  expect(told(linesOf({ options: { sampleRate: 1 }, work, level: 'error' }))).toEqual([
    'detail',
    'request completed',
  ]);
});

test('fields of the context around are there, too', () => {
  expect(withContext({ server: 'a' }, () => linesOf({}))).toMatchObject([{ server: 'a' }]);
});

describe('the trace', () => {
  const headers = { traceparent: `00-${TRACE_ID}-${SPAN_ID}-01` };

  test('is that of the header', () => {
    expect(linesOf({ headers })).toMatchObject([{ traceId: TRACE_ID, spanId: SPAN_ID }]);
  });

  test('is that of the X-Ray header', () => {
    const xray = { 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1' };

    expect(linesOf({ headers: xray })).toMatchObject([{ traceId: '1-5759e988-bd862e3fe1be46a994272793' }]);
    expect(linesOf({ headers: { ...xray, ...headers } })).toMatchObject([{ traceId: TRACE_ID }]);
  });

  test('is that of a span that is active, in each line', () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const spanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
    const within = trace.setSpan(ROOT_CONTEXT, trace.wrapSpanContext(spanContext));
    const lines = linesOf({ headers, work: (log) => context.with(within, () => log('within')) });
    context.disable();

    expect(lines).toMatchObject([
      { message: 'within', traceId: spanContext.traceId, spanId: spanContext.spanId },
      { message: 'request completed', traceId: TRACE_ID, spanId: SPAN_ID },
    ]);
    for (const line of lines) expect(JSON.stringify(line).match(/traceId/g)).toHaveLength(1);
  });

  test('and the id are those of the invocation of a function', () => {
    const invocation = { requestId: 'i-1', traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793' };
    const lines = runIn(inInvocation({ fields: {} }, invocation), () => linesOf({ headers }));

    expect(lines).toMatchObject([{ requestId: 'i-1', traceId: '1-5759e988-bd862e3fe1be46a994272793' }]);
  });
});
