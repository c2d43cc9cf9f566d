export { fastifyRequestLogger, type FastifyLike, type FastifyRequestLike } from './http/fastify-plugin.js';
export { honoRequestLogger, type HonoContext } from './http/hono-middleware.js';
export { koaRequestLogger, type KoaContext } from './http/koa-middleware.js';
export { requestErrors, requestLogger, type RequestLogger } from './http/node-middleware.js';
export { noteRequestError } from './http/open-requests.js';
export type { RequestFacts } from './http/request-facts.js';
export type { RequestLevels } from './http/request-levels.js';
export type { RequestLineLogger, RequestLoggerOptions } from './http/request-logger-options.js';
export type { ContextOptions } from '../logger/open-scope.js';
