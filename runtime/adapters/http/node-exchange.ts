import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fields } from '../../log-record.js';
import { httpShape } from '../../serialize/http-shapes.js';
import { atCloseOf } from './socket-close.js';
import { emitInScope } from './events-in-scope.js';
import type { Ending, GivenRequest, OpenRequest } from './open-request.js';
import { openOnce } from './open-requests.js';
import type { RequestPlan } from './request-logger-options.js';

/** A request and its response, of `http`, or of the interface of `http2` that is compatible. */
export interface NodeExchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/** What a framework adds. */
export type OfFramework = Pick<GivenRequest, 'request' | 'route'>;

/** Opens the request, which ends with its response. */
export function openExchange(
  exchange: NodeExchange,
  ofFramework: OfFramework,
  plan: RequestPlan,
): OpenRequest | undefined {
  const { req, res } = exchange;
  return openOnce(
    req,
    () => givenOf(req, ofFramework),
    plan,
    (open) => {
      if (open.idHeader !== undefined && !res.headersSent) res.setHeader(open.idHeader, open.requestId);
      emitInScope(req, open.scope);
      emitInScope(res, open.scope);
      const bytesBefore = bytesSent(res);
      res.once('finish', () => open.end(() => endingOf(exchange, bytesBefore, true)));
      res.once('close', () => open.end(() => endingOf(exchange, bytesBefore)));
      if (isWaiting(res)) endWithConnection(exchange, open);
    },
  );
}

/** Whether other responses go before it on the connection, to pipelined requests. It is not told if that one closes meanwhile. */
function isWaiting(res: ServerResponse): boolean {
  return (res.socket as unknown) === null;
}

function endWithConnection({ req, res }: NodeExchange, open: OpenRequest): void {
  const forget = atCloseOf(req.socket, () => {
    if (isWaiting(res)) open.end(() => ({ isAborted: true, sentBytes: 0 }));
  });
  res.once('finish', forget);
}

/** Read at the start: a connection that is closed has no address. */
function givenOf(req: IncomingMessage, ofFramework: OfFramework): GivenRequest {
  const { method = '', url = '', originalUrl = url } = req as IncomingMessage & { originalUrl?: string };
  return {
    // Each by its name: spreading them here was a third of what a request costs.
    request: ofFramework.request,
    route: ofFramework.route,
    method,
    url: originalUrl,
    shape: httpShape(req) ?? { method, url },
    header: (name) => textOf(req.headers[name]),
  };
}

function textOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

/** What a response says of its end. */
export function endingOf({ req, res }: NodeExchange, bytesBefore = 0, hasFinished = false): Ending {
  if (isUpgraded(req, res)) return { res: { statusCode: 101 }, statusCode: 101 };
  const isAborted = !isSent(res, hasFinished) && !isEventStream(res);
  const { error } = errorOf(res);
  const sentBytes = Math.max(0, bytesSent(res) - bytesBefore);
  if (!res.headersSent) return { isAborted, error, sentBytes };
  const shape: Fields | undefined = httpShape(res);
  return { res: shape, statusCode: res.statusCode, isAborted, error, sentBytes };
}

/** Whether a library took the connection over, as those for WebSockets do; it has answered with 101 past the response. */
function isUpgraded(req: IncomingMessage, res: ServerResponse): boolean {
  return (req as { upgrade?: boolean }).upgrade === true && !res.headersSent;
}

/** A response of http2 says at any end that it has finished; its stream knows better. One that is injected knows the event only. */
function isSent(res: ServerResponse, hasFinished: boolean): boolean {
  const { stream } = res as { stream?: { readonly writableFinished: boolean; readonly rstCode?: number } };
  return stream === undefined
    ? hasFinished || res.writableFinished
    : stream.writableFinished && !stream.rstCode;
}

/** A stream of server-sent events ends when its reader leaves. */
function isEventStream(res: ServerResponse): boolean {
  return res.headersSent && String(res.getHeader('content-type')).startsWith('text/event-stream');
}

/** The error with which the application destroyed the response; that of pino-http's convention. */
function errorOf(res: ServerResponse): { readonly error?: unknown } {
  const { err, errored } = res as { readonly err?: unknown; readonly errored?: Error | null };
  return { error: err ?? errored ?? undefined };
}

/** A response of http2 has no number of its own. */
function bytesSent(res: ServerResponse): number {
  return (res.socket as { bytesWritten?: number } | null)?.bytesWritten ?? 0;
}
