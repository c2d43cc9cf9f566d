import type { IncomingMessage, ServerResponse } from 'node:http';
import { endingOf, openExchange } from './node-exchange.js';
import { noteRequestError } from './open-requests.js';
import { planOf, type RequestLoggerOptions } from './request-logger-options.js';
import { refuseExchange } from './without-parentheses.js';

/** A middleware of Express and Connect. `next` is any function where there is no framework. */
export type RequestLogger<Request> = <Result>(
  request: Request,
  response: ServerResponse,
  next: () => Result,
) => Result;

/**
 * Request logging for Express, Connect, and node:http: one line for each request, and a scope in which each log call has its id.
 *
 * ```ts
 * app.use(requestLogger());
 * // or
 * const logged = requestLogger();
 * createServer((req, res) => logged(req, res, () => handle(req, res)));
 * ```
 *
 * @throws SettingsError naming every option that is malformed, and every setting of the logger.
 */
export function requestLogger<Request extends IncomingMessage = IncomingMessage>(
  options: RequestLoggerOptions<Request> = {},
): RequestLogger<Request> {
  const plan = planOf('requestLogger', options);
  return (req, res, next) => {
    const exchange = { req, res };
    const open = openExchange(exchange, { request: req, route: () => routeOf(req as RoutedRequest) }, plan);
    if (!open) return next();
    return open.run(next, (error) => {
      // No framework has caught it: the process may end of it.
      open.noteError(error);
      open.end(() => endingOf(exchange));
    });
  };
}

/**
 * An error handler for Express and Connect, which passes each error on: the line of the request has it then. Use it behind the routes
 * and before other error handlers.
 *
 * ```ts
 * app.use(requestErrors());
 * ```
 *
 * @param none it has no options
 * @throws TypeError if it is given something, as by `app.use(requestErrors)` without parentheses.
 */
export function requestErrors(
  ...none: never[]
): (
  error: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void {
  for (const given of none) refuseExchange('requestErrors', given);
  if (none.length > 0) throw new TypeError('requestErrors has no options: write app.use(requestErrors())');
  return (error, req, _res, next) => {
    noteRequestError(req, error);
    next(error);
  };
}

interface RoutedRequest {
  readonly baseUrl?: string;
  readonly route?: { readonly path?: string | RegExp | readonly (string | RegExp)[] };
}

/** Express has the pattern below the router that it is mounted on. */
function routeOf(req: RoutedRequest): string | undefined {
  const path = req.route?.path;
  if (path === undefined) return undefined;
  return `${req.baseUrl ?? ''}${String(path)}`;
}
