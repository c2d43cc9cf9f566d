import { SENSITIVE_KEYS } from '../../../contract/settings/redaction.js';
import { nameMatcher } from '../key-names.js';
import type { JsonNode } from './json-nodes.js';

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

const HEADERS = /headers$/i;

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

/** A quick test that finds every line with headers, and some without. */
export function mayHoldHeaders(line: string): boolean {
  return line.includes('eader');
}

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

/**
 * Finds the values of headers that may hold a credential: in an object, and in lists such as `rawHeaders`, of pairs, or of
 * `{ name, value }`.
 *
 * @param isOfHttp whether they are of a request or response; of anything else, only values with the name of a secret are found
 */
export function credentialsIn(headers: JsonNode, isOfHttp: boolean): JsonNode[] {
  const isHidden = (name: string): boolean => (isOfHttp ? !isShownHeader(name) : isCredential(name));
  if (headers.kind === 'object') {
    return headers.members.filter(({ name }) => isHidden(name.text)).map(({ value }) => value);
  }
  if (headers.kind !== 'list') return [];
  const { items } = headers;
  return items.every(({ kind }) => kind === 'text')
    ? items.filter((_, index) => index % 2 === 1 && isHidden(textOf(items[index - 1])))
    : items.flatMap((item) => credentialsOfPair(item, isHidden));
}

function credentialsOfPair(pair: JsonNode, isHidden: (name: string) => boolean): JsonNode[] {
  if (pair.kind === 'list') {
    const [name, ...values] = pair.items;
    return isHidden(textOf(name)) ? values : [];
  }
  if (pair.kind !== 'object') return [];
  const named = pair.members.find(({ name }) => /^(?:name|key)$/i.test(name.text));
  const hidden = pair.members.filter((member) =>
    named ? member !== named && isHidden(textOf(named.value)) : isHidden(member.name.text),
  );
  return hidden.map(({ value }) => value);
}

function textOf(node: JsonNode | undefined): string {
  return node?.kind === 'text' ? node.text : '';
}

/** Whether the value of a header may be shown. */
export function isShownHeader(name: string): boolean {
  return SHOWN.has(name.toLowerCase());
}
