import type { IncomingMessage, ServerResponse } from 'node:http';
import { openExchange } from './node-exchange.js';
import { noteRequestError } from './open-requests.js';
import { planOf, type RequestLoggerOptions } from './request-logger-options.js';

/** What is read here of a request of Fastify. */
export interface FastifyRequestLike {
  readonly raw: IncomingMessage;
  readonly routeOptions?: { readonly url?: string | undefined } | undefined;
}

interface FastifyReplyLike {
  readonly raw: ServerResponse;
  header(name: string, value: string): unknown;
}

/** What is called here of a server of Fastify. */
export interface FastifyLike {
  addHook(name: any, hook: any): unknown; // oxlint-disable-line typescript/no-explicit-any -- each hook has parameters of its own
}

type Done = () => void;

/** Options that Fastify itself reads, and hands on. */
const OF_REGISTER = new Set(['prefix', 'logLevel', 'logSerializers']);

/**
 * Request logging as a plugin of Fastify: `await app.register(fastifyRequestLogger)`, before the routes. It applies to all routes that
 * are registered after it. Fastify's own lines are turned off by `disableRequestLogging: true`. `register` infers no type parameter of
 * a plugin: say `({ request }: RequestFacts<FastifyRequest>)` where the type is needed.
 *
 * @throws SettingsError naming every option that is malformed, and every setting of the logger.
 */
export async function fastifyRequestLogger(
  app: FastifyLike,
  options: RequestLoggerOptions<any>, // oxlint-disable-line typescript/no-explicit-any -- the application's own request
): Promise<void> {
  if (typeof (app as Partial<FastifyLike> | undefined)?.addHook !== 'function')
    throw new TypeError(
      'fastifyRequestLogger is itself the plugin: write app.register(fastifyRequestLogger, options), without parentheses behind its name',
    );
  const own = Object.entries(options).filter(([key]) => !OF_REGISTER.has(key));
  const plan = planOf('fastifyRequestLogger', Object.fromEntries(own) as typeof options);
  app.addHook('onRequest', (request: FastifyRequestLike, reply: FastifyReplyLike, done: Done) => {
    const exchange = { req: request.raw, res: reply.raw };
    const open = openExchange(exchange, { request, route: () => request.routeOptions?.url }, plan);
    if (!open) return done();
    open.run(done, (error) => open.noteError(error));
  });
  app.addHook('onError', (request: FastifyRequestLike, _: FastifyReplyLike, error: unknown, done: Done) => {
    noteRequestError(request.raw, error);
    done();
  });
}

/** As `fastify-plugin` marks a plugin: its hooks are for the server that registers it, not for a context of their own. */
Object.assign(fastifyRequestLogger, {
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: 'fapilog-cloudwatch/http',
  [Symbol.for('plugin-meta')]: { name: 'fapilog-cloudwatch/http', fastify: '4.x || 5.x' },
});
