import type { IncomingMessage, ServerResponse } from 'node:http';
import { quietly } from '../../io/quietly.js';
import { guarded } from '../../serialize/guard.js';
import { httpShape } from '../../serialize/http-shapes.js';
import { openExchange } from './node-exchange.js';
import type { OpenRequest } from './open-request.js';
import { openOnce } from './open-requests.js';
import { planOf, type RequestLoggerOptions, type RequestPlan } from './request-logger-options.js';

/** What is read here of a context of Hono. */
export interface HonoContext {
  readonly env: unknown;
  readonly error?: Error | undefined;
  readonly req: { readonly raw: Request };
  readonly res: Response;
  header(name: string, value: string): void;
}

/**
 * Request logging as a middleware of Hono: `app.use(honoRequestLogger())`, as the first one. On `@hono/node-server`, a request ends with
 * its response, and aborts are known; elsewhere it ends when the handlers have returned.
 *
 * @throws SettingsError naming every option that is malformed, and every setting of the logger.
 */
export function honoRequestLogger<Context extends HonoContext = HonoContext>(
  options: RequestLoggerOptions<Context> = {},
): (c: Context, next: () => Promise<void>) => Promise<void> {
  const plan = planOf('honoRequestLogger', options);
  return async (c, next) => {
    const node = nodeExchangeOf(c.env);
    const open = node
      ? openExchange(node, { request: c, route: () => routeOf(c) }, plan)
      : openFetch(c, plan);
    if (!open) return next();
    await open.run(next, (error) => open.noteError(error));
    if (c.error !== undefined) open.noteError(c.error);
    quietly(() => setIdHeader(c, open));
    if (!node) open.end(() => ({ res: httpShape(c.res), statusCode: c.res.status }));
  };
}

interface NodeBindings {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
}

function nodeExchangeOf(env: unknown): { req: IncomingMessage; res: ServerResponse } | undefined {
  const { incoming: req, outgoing: res } = (env ?? {}) as NodeBindings;
  return req && res && 'rawHeaders' in req && 'once' in res ? { req, res } : undefined;
}

/** A handler may have answered with a response of its own, which does not have the headers of the context. */
function setIdHeader(c: HonoContext, { idHeader, requestId }: OpenRequest): void {
  if (idHeader !== undefined && c.res.headers.get(idHeader) === null) c.header(idHeader, requestId);
}

function openFetch(c: HonoContext, plan: RequestPlan): OpenRequest | undefined {
  const { raw } = c.req;
  const given = () => {
    const { pathname, search } = new URL(raw.url);
    return {
      request: c,
      method: raw.method,
      url: pathname + search,
      shape: httpShape(raw) ?? { method: raw.method },
      header: (name: string) => raw.headers.get(name) ?? undefined,
      route: () => routeOf(c),
    };
  };
  return openOnce(raw, given, plan, () => undefined);
}

/** The last route that matches is the one of the handler; before it come those of middlewares, as the only ones where none matches. */
function routeOf(c: HonoContext): string | undefined {
  const { matchedRoutes } = c.req as { readonly matchedRoutes?: readonly { readonly path: string }[] };
  const path = guarded(() => matchedRoutes?.at(-1)?.path, undefined);
  return path?.endsWith('*') === true ? undefined : path;
}
