import type { IncomingMessage, ServerResponse } from 'node:http';
import { CENSOR } from './censor.js';
import { guarded } from './guard.js';

type Members = Record<string, unknown>;

/** Of all other headers, any may hold a credential, and what a browser says of itself is longer than the line. */
const SHOWN_HEADERS = ['host', 'content-length'];

/**
 * What a line has of a request or a response of HTTP: the shape that pino gives it, with the headers that hold no
 * credential. `undefined` for anything else.
 *
 * It knows those of Node.js (`http`, `http2`), what frameworks put around them under the name `raw` (Fastify, Hono, pino's own
 * serializers), those of fetch, and requests on their way out.
 */
export function httpShape(value: object): Members | undefined {
  return guarded(() => shapeOf(value), undefined);
}

/** What pino calls a request or a response that is all that a log call is given. */
export function httpName(value: object): 'req' | 'res' | undefined {
  return guarded(() => {
    const inner = innerOf(value);
    if (isFetchResponse(inner) || isServerResponse(inner)) return 'res';
    if (isIncoming(inner)) return inner.statusCode ? 'res' : 'req';
    return isFetchRequest(inner) || isOutgoing(inner) ? 'req' : undefined;
  }, undefined);
}

/** What a framework's request or response is put around; another object that has one is not one itself. */
function innerOf(value: object): object {
  const { raw } = value as { readonly raw?: unknown };
  const isAround = ('method' in value && 'url' in value) || 'statusCode' in value;
  return isAround && typeof raw === 'object' && raw !== null ? raw : value;
}

function shapeOf(value: object): Members | undefined {
  const inner = innerOf(value);
  if (isFetchRequest(inner)) return fetchRequest(inner);
  if (isFetchResponse(inner)) return { statusCode: inner.status, ...headersOf(inner.headers.entries()) };
  if (isIncoming(inner)) {
    return inner.statusCode
      ? answer(inner)
      : requestShape(('socket' in value ? value : inner) as OuterRequest, inner);
  }
  if (isServerResponse(inner)) return response(inner);
  if (isOfSuperagent(inner)) return answerOfSuperagent(inner);
  return isOutgoing(inner) ? outgoing(inner) : undefined;
}

function isIncoming(value: object): value is IncomingMessage {
  return 'httpVersion' in value && 'rawHeaders' in value && 'socket' in value;
}

function isServerResponse(value: object): value is ServerResponse {
  return 'statusCode' in value && 'getHeaders' in value && 'writeHead' in value;
}

interface SuperagentResponse {
  readonly statusCode: number;
  readonly body?: unknown;
  readonly text?: string;
}

function isOfSuperagent(value: object): value is SuperagentResponse {
  return 'statusCode' in value && 'header' in value && 'req' in value && 'res' in value;
}

/** A body that is no JSON is there as text alone. */
function answerOfSuperagent({ statusCode, body, text }: SuperagentResponse): Members {
  return present({ statusCode, ...(hasMembers(body) ? { body } : { text }) });
}

interface Outgoing {
  readonly method: string;
  readonly protocol?: string;
  readonly host?: string;
  readonly path: string;
  getHeader(name: string): number | string | readonly string[] | undefined;
}

function isOutgoing(value: object): value is Outgoing {
  return 'getHeaders' in value && 'method' in value && 'path' in value && 'setNoDelay' in value;
}

/** By name: to ask for the class would load the whole of `fetch`. */
function isFetchRequest(value: object): value is Request {
  return Object.prototype.toString.call(value) === '[object Request]' && 'method' in value;
}

function isFetchResponse(value: object): value is Response {
  return Object.prototype.toString.call(value) === '[object Response]' && 'status' in value;
}

function fetchRequest({ method, url, headers }: Request): Members {
  return { method, url, ...headersOf(headers.entries()) };
}

/** What frameworks put around a request: Express, Fastify and hapi know its id, its parameters and the whole URL. */
interface OuterRequest {
  readonly id?: unknown;
  readonly method?: string;
  readonly originalUrl?: string;
  readonly path?: unknown;
  readonly url?: string | { readonly path: string };
  readonly params?: unknown;
  readonly info?: IncomingMessage['socket'] & { readonly id?: unknown };
  readonly socket?: IncomingMessage['socket'];
}

/** As pino-std-serializers has it, without the query, which is in the URL, and most headers. */
function requestShape(outer: OuterRequest, inner: IncomingMessage): Members {
  const { method, params, info } = outer;
  const { remoteAddress, remotePort } = info ?? outer.socket ?? {};
  return present({
    id: idOf(outer),
    method,
    url: urlOf(outer),
    params: hasMembers(params) ? params : undefined,
    ...headersOf(Object.entries(inner.headers)),
    remoteAddress,
    remotePort,
  });
}

function idOf({ id, info }: OuterRequest): unknown {
  return typeof id === 'function' ? (id() as unknown) : (id ?? info?.id);
}

function urlOf({ originalUrl, path, url }: OuterRequest): unknown {
  if (originalUrl) return originalUrl;
  if (typeof path === 'string') return path;
  return typeof url === 'object' ? url.path : url;
}

function response(value: ServerResponse): Members {
  return { statusCode: value.statusCode, ...headersOf(Object.entries(value.getHeaders())) };
}

/** What another service answered to this process. */
function answer({ statusCode, statusMessage, headers }: IncomingMessage): Members {
  return present({ statusCode, statusMessage, ...headersOf(Object.entries(headers)) });
}

function outgoing(sent: Outgoing): Members {
  const { method, protocol = 'http:', host = '', path } = sent;
  return { method, url: `${protocol}//${[sent.getHeader('host') ?? host].join()}${path}` };
}

function headersOf(entries: Iterable<readonly [string, unknown]>): Members {
  const shown = [...entries].filter(([name]) => SHOWN_HEADERS.includes(name.toLowerCase()));
  return shown.length === 0 ? {} : { headers: Object.fromEntries(shown) };
}

function hasMembers(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function present(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** What clients of HTTP put into their errors: how they were asked, and what they were told. */
const OF_REQUEST = ['method', 'url', 'baseURL', 'path'];
const OF_RESPONSE = ['status', 'statusCode', 'statusText', 'data', 'body'];

/**
 * The member of an error that a client of HTTP has put there, such as axios its `config`, `request` and `response`: without
 * headers, sockets and what was sent. Anything else as it is.
 */
export function withoutHttpGuts(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !guarded(() => 'headers' in value, false)) return value;
  return httpShape(value) ?? guarded(() => withoutHeaders(value), { headers: CENSOR });
}

/** An object that tells neither of a request nor of an answer keeps all else. */
function withoutHeaders(value: object): Members {
  if (isAnswer(value)) return picked(value, OF_RESPONSE);
  const isRequest = ['method', 'url', 'baseURL'].some((name) => name in value);
  return isRequest ? picked(value, OF_REQUEST) : { ...value, headers: CENSOR };
}

function isAnswer(value: object): boolean {
  const { status, statusCode } = value as Members;
  return typeof status === 'number' || typeof statusCode === 'number';
}

/** What axios makes of a request and of an answer, wherever it stands: it is known by its headers, or by the request in it. */
export function axiosShape(value: object): Members | undefined {
  if (!('headers' in value)) return undefined;
  const { headers, request } = value as Members;
  const isOfAxios = Object.prototype.toString.call(headers) === '[object AxiosHeaders]';
  const hasRequest =
    'config' in value && typeof request === 'object' && request !== null && isOutgoing(request);
  return isOfAxios || hasRequest ? withoutHeaders(value) : undefined;
}

function picked(value: object, names: readonly string[]): Members {
  const members = value as Members;
  const shown = names.map((name) => [name, guarded(() => members[name], undefined)] as const);
  return present({ ...Object.fromEntries(shown), headers: CENSOR });
}
