import type { IncomingMessage, ServerResponse } from 'node:http';
import { quietly } from '../../io/quietly.js';
import { openExchange } from './node-exchange.js';
import type { OpenRequest } from './open-request.js';
import { planOf, type RequestLoggerOptions } from './request-logger-options.js';

/** What is read here of a context of Koa. */
export interface KoaContext {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** Koa calls it with each error that nobody handled, be it of the body's stream. */
  onerror: (error: Error) => void;
}

/**
 * Request logging as a middleware of Koa: `app.use(koaRequestLogger())`, as the first one.
 *
 * @throws SettingsError naming every option that is malformed, and every setting of the logger.
 */
export function koaRequestLogger<Context extends KoaContext = KoaContext>(
  options: RequestLoggerOptions<Context> = {},
): (ctx: Context, next: () => Promise<unknown>) => Promise<unknown> {
  const plan = planOf('koaRequestLogger', options);
  return (ctx, next) => {
    const open = openExchange(ctx, { request: ctx, route: () => routeOf(ctx) }, plan);
    if (!open) return next();
    noteErrors(ctx, open);
    return open.run(next, (error) => open.noteError(error));
  };
}

/** Koa asks its context to answer an error, which removes all headers first. */
function noteErrors(ctx: KoaContext, open: OpenRequest): void {
  const answer = ctx.onerror;
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- a method of the context, not a listener
  ctx.onerror = (error) => {
    // It calls at the end of each response, without an error.
    if ((error as Error | null) === null || error === undefined) return answer.call(ctx, error);
    open.noteError(error);
    quietly(() => keepIdHeader(ctx.res, open));
    answer.call(ctx, error);
  };
}

function keepIdHeader(res: ServerResponse, { idHeader, requestId }: OpenRequest): void {
  if (idHeader === undefined || res.headersSent) return;
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => ServerResponse;
  res.writeHead = (...args: unknown[]) => {
    if (!res.headersSent) res.setHeader(idHeader, requestId);
    return writeHead(...args);
  };
}

/** As the routers of Koa note it. */
function routeOf(ctx: object): string | undefined {
  const { _matchedRoute: route } = ctx as { readonly _matchedRoute?: string | RegExp };
  return route === undefined ? undefined : String(route);
}
