import type { IncomingMessage, ServerResponse } from 'node:http';
import { CENSOR } from './censor.js';
import { guarded } from './guard.js';

type Members = Record<string, unknown>;

/** Any other header may hold a credential, and those of browsers are longer than the rest of the line. */
const SHOWN_HEADERS = ['host', 'content-length'];

/**
 * The members that a line has of an HTTP request or response: pino's shape, with only those headers that hold no credential.
 * `undefined` for any other object. A member that is `undefined` is not there.
 *
 * Knows requests and responses of Node.js (`http`, `http2`), the objects that frameworks put around them with a member `raw`
 * (Fastify, Hono, pino's own serializers), those of fetch, and requests to other services.
 */
export function httpShape(value: object): Members | undefined {
  return guarded(() => shapeOf(value), undefined);
}

/** pino's field for a request or response that is an argument of its own. */
export function httpName(value: object): 'req' | 'res' | undefined {
  return guarded(() => {
    const inner = innerOf(value);
    if (isFetchResponse(inner) || isServerResponse(inner)) return 'res';
    if (isIncoming(inner)) return inner.statusCode ? 'res' : 'req';
    return isFetchRequest(inner) || isOutgoing(inner) ? 'req' : undefined;
  }, undefined);
}

/** The request or response inside a framework's object. An object of another kind with a member `raw` is itself. */
function innerOf(value: object): object {
  const { raw } = value as { readonly raw?: unknown };
  const isAround = ('method' in value && 'url' in value) || 'statusCode' in value;
  return isAround && typeof raw === 'object' && raw !== null ? raw : value;
}

function shapeOf(value: object): Members | undefined {
  const inner = innerOf(value);
  if (isFetchRequest(inner)) return fetchRequest(inner);
  if (isFetchResponse(inner))
    return { statusCode: inner.status, ...headersOf((name) => inner.headers.get(name)) };
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

/** Superagent leaves the body empty if it is not JSON. */
function answerOfSuperagent({ statusCode, body, text }: SuperagentResponse): Members {
  return { statusCode, ...(hasMembers(body) ? { body } : { text }) };
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

/** Tests by tag, because `instanceof Request` would load all of `fetch`. */
function isFetchRequest(value: object): value is Request {
  return Object.prototype.toString.call(value) === '[object Request]' && 'method' in value;
}

function isFetchResponse(value: object): value is Response {
  return Object.prototype.toString.call(value) === '[object Response]' && 'status' in value;
}

function fetchRequest({ method, url, headers }: Request): Members {
  return { method, url, ...headersOf((name) => headers.get(name)) };
}

/** A request of Express, Fastify or hapi, which has an id, parameters and the whole URL. */
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
  return {
    id: idOf(outer),
    method,
    url: urlOf(outer),
    params: hasMembers(params) ? params : undefined,
    ...headersOf((name) => inner.headers[name]),
    remoteAddress,
    remotePort,
  };
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
  const headers = value.getHeaders();
  return { statusCode: value.statusCode, ...headersOf((name) => headers[name]) };
}

/** A response of another service to this process. */
function answer({ statusCode, statusMessage, headers }: IncomingMessage): Members {
  return { statusCode, statusMessage, ...headersOf((name) => headers[name]) };
}

function outgoing(sent: Outgoing): Members {
  const { method, protocol = 'http:', host = '', path } = sent;
  return { method, url: `${protocol}//${[sent.getHeader('host') ?? host].join()}${path}` };
}

function headersOf(valueOf: (name: string) => unknown): Members {
  const shown: Members = {};
  for (const name of SHOWN_HEADERS) {
    const value = valueOf(name) ?? undefined;
    if (value !== undefined) shown[name] = value;
  }
  return Object.keys(shown).length === 0 ? {} : { headers: shown };
}

function hasMembers(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** Members shown of the requests and responses that HTTP clients put into their errors. */
const OF_REQUEST = ['method', 'url', 'baseURL', 'path'];
const OF_RESPONSE = ['status', 'statusCode', 'statusText', 'data', 'body'];

/**
 * Shortens a member that an HTTP client put into an error, such as `config`, `request` and `response` of axios: no headers, no
 * sockets, no request body. Returns any other value as it is.
 */
export function withoutHttpGuts(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !guarded(() => 'headers' in value, false)) return value;
  return httpShape(value) ?? guarded(() => withoutHeaders(value), { headers: CENSOR });
}

/** An object that is neither request nor response keeps its other members. */
function withoutHeaders(value: object): Members {
  if (isAnswer(value)) return picked(value, OF_RESPONSE);
  const isRequest = ['method', 'url', 'baseURL'].some((name) => name in value);
  return isRequest ? picked(value, OF_REQUEST) : { ...value, headers: CENSOR };
}

function isAnswer(value: object): boolean {
  const { status, statusCode } = value as Members;
  return typeof status === 'number' || typeof statusCode === 'number';
}

/** The members shown of a request or response of axios, wherever it stands. Its headers, or the request in it, identify it. */
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
  return { ...Object.fromEntries(shown), headers: CENSOR };
}
