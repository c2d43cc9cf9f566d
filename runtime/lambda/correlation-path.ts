import { guarded } from '../serialize/guard.js';

/** Where events of common sources have an id that the other logs of a request show, too. For {@link LambdaOptions.correlationId}. */
export const correlationPaths = {
  apiGatewayRest: 'requestContext.requestId',
  apiGatewayHttp: 'requestContext.requestId',
  apiGatewayWebSocket: 'requestContext.requestId',
  functionUrl: 'requestContext.requestId',
  applicationLoadBalancer: 'headers."x-amzn-trace-id"',
  appSyncResolver: 'request.headers."x-amzn-trace-id"',
  appSyncAuthorizer: 'requestContext.requestId',
  eventBridge: 'id',
  sqs: 'Records[0].messageId',
  sns: 'Records[0].Sns.MessageId',
  s3: 'Records[0].responseElements."x-amz-request-id"',
  dynamoDbStream: 'Records[0].eventID',
  kinesis: 'Records[0].eventID',
} as const;

/** Names of members, and positions in lists. */
export type CorrelationPath = readonly (string | number)[];

/** `[0]`, `["name"]`, `"name"` or `name`; a name in quotes may have any character in it, as JSON writes it. */
const SEGMENT = /\[(0|[1-9]\d{0,8})\]|\[("(?:[^"\\]|\\.)+")\]|("(?:[^"\\]|\\.)+")|([^.[\]"'\s]+)/uy;

/** Reads a path such as `headers."x-amzn-trace-id"` or `Records[0].messageId`. `undefined` for text that is none. */
export function parsePath(text: string): CorrelationPath | undefined {
  const path: (string | number)[] = [];
  let at = 0;
  while (at < text.length || path.length === 0) {
    const isBracket = text[at] === '[';
    if (path.length > 0 && !isBracket && text[at++] !== '.') return undefined;
    SEGMENT.lastIndex = at;
    const found = SEGMENT.exec(text);
    if (!found || (text[at] === '[') !== isBracket) return undefined;
    const segment = segmentOf(found);
    if (segment === undefined) return undefined;
    path.push(segment);
    at = SEGMENT.lastIndex;
  }
  return path;
}

function segmentOf([, index, bracketed, quoted, name]: RegExpExecArray): string | number | undefined {
  if (index !== undefined) return Number(index);
  const json = bracketed ?? quoted;
  return json === undefined ? name : guarded(() => JSON.parse(json) as string, undefined);
}

/** The value at the path; `undefined` where it does not lead. Never throws. */
export function valueAt(value: unknown, path: CorrelationPath): unknown {
  return guarded(
    () => path.reduce<unknown>((at, name, depth) => memberOf(at, name, path[depth - 1]), value),
    undefined,
  );
}

function memberOf(value: unknown, name: string | number, parent: string | number | undefined): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const members = value as Record<string | number, unknown>;
  if (Object.hasOwn(members, name)) return members[name];
  return isHeaders(parent) ? headerOf(members, String(name).toLowerCase()) : undefined;
}

function isHeaders(name: string | number | undefined): boolean {
  return name === 'headers' || name === 'multiValueHeaders';
}

/** Services, proxies and clients write names of headers in different cases. */
function headerOf(headers: Readonly<Record<string, unknown>>, lowerName: string): unknown {
  const name = Object.keys(headers).find((each) => each.toLowerCase() === lowerName);
  return name === undefined ? undefined : headers[name];
}
