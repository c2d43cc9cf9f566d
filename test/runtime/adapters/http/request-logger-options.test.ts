import { IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import {
  fastifyRequestLogger,
  honoRequestLogger,
  koaRequestLogger,
  requestErrors,
  requestLogger,
  type RequestLoggerOptions,
} from '../../../../runtime/adapters/http.js';
import { planOf } from '../../../../runtime/adapters/http/request-logger-options.js';
import { memoryLogger } from '../../../support/memory-sink.js';

const { logger } = memoryLogger();

const next = async () => undefined;

class HonoLike {
  constructor(readonly req: object) {}
}

const calledWith = (act: (...args: never[]) => unknown, ...args: unknown[]): unknown =>
  (act as (...given: unknown[]) => unknown)(...args);

/** The problems of options, by where they are. */
function problemsOf(options: unknown): Record<string, string> {
  try {
    planOf('requestLogger', options as RequestLoggerOptions);
  } catch (error) {
    const { problems } = error as { problems: { where: string; allowed: string }[] };
    return Object.fromEntries(problems.map(({ where, allowed }) => [where, allowed]));
  }
  return {};
}

test('every option that is malformed is named, with what is allowed, all at once', () => {
  const options = {
    logger: {},
    requestIdHeader: 'x request id',
    startLine: 'yes',
    query: 0,
    level: 'warn',
    ignore: '/health',
    fields: { a: 1 },
    bufferLevel: 'error',
    sampleRate: 2,
    genReqId: () => 1,
  };

  expect(problemsOf(options)).toEqual({
    'requestLogger: options.logger': 'a logger, as getLogger() returns it',
    'requestLogger: options.requestIdHeader': 'the name of a header, such as "x-request-id", or false',
    'requestLogger: options.startLine': 'true or false',
    'requestLogger: options.query': 'true or false',
    'requestLogger: options.level': 'a table such as { "2xx": "debug" }, or a function',
    'requestLogger: options.ignore': 'paths, such as ["/health"], or a function',
    'requestLogger: options.fields': 'a function that returns fields',
    'requestLogger: options.bufferLevel': expect.any(String),
    'requestLogger: options.sampleRate': expect.any(String),
    'requestLogger: options.genReqId': expect.stringContaining('no such option'),
  });
});

test.each([
  [{ level: { '7xx': 'info' } }, 'requestLogger: options.level.7xx'],
  [{ ignoer: [] }, 'requestLogger: options.ignoer'],
  ['info', 'requestLogger: options'],
  [null, 'requestLogger: options'],
])('%j is refused', (options, where) => {
  expect(Object.keys(problemsOf(options))).toEqual([where]);
});

test('each framework has the same options, under the name of its own call', async () => {
  const bad = { logger, startLine: 1 } as unknown as RequestLoggerOptions;
  const app = { addHook: () => undefined };
  const calls: Record<string, () => unknown> = {
    requestLogger: () => requestLogger(bad),
    koaRequestLogger: () => koaRequestLogger(bad),
    honoRequestLogger: () => honoRequestLogger(bad),
    fastifyRequestLogger: () => fastifyRequestLogger(app, { ...bad, prefix: '/v1' } as RequestLoggerOptions),
  };

  for (const [name, call] of Object.entries(calls))
    await expect(async () => call()).rejects.toThrow(`${name}: options.startLine is 1`);
});

/** As the frameworks call a middleware that was passed on itself. */
test.each([
  ['requestLogger', (req: IncomingMessage) => calledWith(requestLogger, req, {}, () => undefined)],
  ['requestErrors', (req: IncomingMessage) => calledWith(requestErrors, req, {}, () => undefined)],
  [
    'requestErrors',
    (req: IncomingMessage) => calledWith(requestErrors, new Error('no'), req, {}, () => undefined),
  ],
  [
    'koaRequestLogger',
    (req: IncomingMessage) => calledWith(koaRequestLogger, Object.create({ req, res: {} }), next),
  ],
  ['honoRequestLogger', (req: IncomingMessage) => calledWith(honoRequestLogger, new HonoLike(req), next)],
])('%s without parentheses says what to write', (name, act) => {
  const message = `${name} was given a request: write app.use(${name}()), with parentheses`;

  expect(() => act(new IncomingMessage(new Socket()))).toThrow(new TypeError(message));
});

test('a logger of winston or pino is told that it is not needed', () => {
  expect(problemsOf({ logger: { info: () => undefined, error: () => undefined } })).toEqual({
    'requestLogger: options.logger': expect.stringMatching(
      /^a logger, as getLogger\(\) returns it; leave it out: lines of winston and pino have the id of the request/,
    ),
  });
});

test('an option that no request has is an option still', () => {
  expect(problemsOf({ headers: ['x'] })).toEqual({ 'requestLogger: options.headers': expect.any(String) });
});

test('requestErrors has no options', () => {
  // @ts-expect-error -- it makes a handler, and is none
  const handler: (req: IncomingMessage, res: ServerResponse) => unknown = requestErrors;
  expect(handler).toBe(requestErrors);
  expect(() => calledWith(requestErrors, {})).toThrow(
    'requestErrors has no options: write app.use(requestErrors())',
  );
});

test('the plugin of Fastify with parentheses says what to write', async () => {
  await expect(async () => calledWith(fastifyRequestLogger)).rejects.toThrow(
    'fastifyRequestLogger is itself the plugin: write app.register(fastifyRequestLogger, options)',
  );
});

test('undefined options are as absent ones', () => {
  const names = ['requestIdHeader', 'startLine', 'query', 'level', 'ignore', 'fields', 'bufferLevel'];
  const unset = Object.fromEntries(names.map((name) => [name, undefined]));

  expect(planOf('requestLogger', { logger, ...unset })).toMatchObject({
    requestIdHeader: 'x-request-id',
    startLine: false,
    query: true,
    level: {},
    fields: undefined,
  });
});
