import { SENSITIVE_KEYS } from '../../contract/settings/redaction.js';
import { nameMatcher } from './key-names.js';

/** Headers that hold no credential. Any other one may, whatever its name is. */
const SHOWN = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'accept-ranges',
  'age',
  'allow',
  'cache-control',
  'connection',
  'content-encoding',
  'content-language',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'dnt',
  'etag',
  'expect',
  'expires',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'keep-alive',
  'last-modified',
  'origin',
  'range',
  'ratelimit-limit',
  'ratelimit-remaining',
  'retry-after',
  'server',
  'te',
  'traceparent',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'vary',
  'via',
  'x-amzn-trace-id',
  'x-correlation-id',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-powered-by',
  'x-real-ip',
  'x-request-id',
]);

const HEADERS = /(?:head|trail)ers$/i;

/** Members by which an object is known as a request or a response, besides its headers. */
const OF_HTTP =
  /^(?:method|httpMethod|url|baseURL|path|rawPath|status|statusCode|httpVersion|remoteAddress|rawHeaders)$/;

/** Other members of a request in which clients and servers keep credentials. */
const CREDENTIALS = /^(?:auth|cookies?)$/i;

/** The headers as they went over the wire: `header` of bunyan's responses, `_header` of Node's own. */
const WIRE = /^_?headers?$/i;

const HEADER_LINE = /^([\w-]+)(:[ \t]*)(\S.*)$/gm;

/** Whether a name is that of a secret, where nothing else is configured. */
export const isCredential = nameMatcher(SENSITIVE_KEYS);

/** Whether an object that is called so may be the headers of a request or response. */
export function areHeaders(name: string): boolean {
  return HEADERS.test(name);
}

/** Whether an object with members of these names is a request or a response. */
export function isHttp(names: readonly string[]): boolean {
  return (
    names.some((name) => HEADERS.test(name) || WIRE.test(name)) && names.some((name) => OF_HTTP.test(name))
  );
}

/** Whether a member of a request or response is a credential as a whole. */
export function isCredentialOfHttp(name: string): boolean {
  return CREDENTIALS.test(name);
}

/** Whether the member of a request or response holds its headers, as a text if it is one. */
export function areWireHeaders(name: string): boolean {
  return WIRE.test(name);
}

/** Hides what may be a credential in headers as they went over the wire. */
export function maskWireHeaders(text: string, censor: string): string {
  return text.replaceAll(HEADER_LINE, (line, name: string, colon: string) =>
    isShownHeader(name) ? line : name + colon + censor,
  );
}

/** Whether the value of a header may be shown. */
export function isShownHeader(name: string): boolean {
  return SHOWN.has(name.toLowerCase());
}

/** The name of a header's attribute in OpenTelemetry: `http.request.header.cookie`. */
const ATTRIBUTE = /^(?:http|rpc)\..*\.(?:header|metadata)\.([^.]+)$/i;

/** Whether a field of this name is a header that may hold a credential. */
export function isHiddenHeader(name: string): boolean {
  const header = ATTRIBUTE.exec(name)?.[1];
  return header !== undefined && !isShownHeader(header.replaceAll('_', '-'));
}

/** Whether a member of this name may hold headers, or be one. */
export function mayBeHeaders(name: string): boolean {
  return WITH_HEADERS.test(name);
}

const WITH_HEADERS = /header|trailer|metadata\./i;

/** Whether texts are names and values of headers in turn, as in `rawHeaders`, and not the headers of a table. */
export function areNamesAndValues(texts: readonly string[]): boolean {
  return texts.some((name, index) => index % 2 === 0 && (isShownHeader(name) || isCredential(name)));
}
