import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Caller, callerOf, checkAuthorization } from './authorization.js';
import { isMap, type JsonMap } from '../api/json.js';
import { EventStream } from './event-stream.js';
import { checkHost } from './host.js';
import { bodyTooLarge, ServiceError } from '../service-error.js';

/** How the body of a call was encoded. */
export type Encoding = 'identity' | 'gzip';

/**
 * A call as it arrived. A problem with its body is a value and not a throw, because such a call also has a row in the
 * ledger.
 */
export interface Call {
  readonly operation: string;
  readonly caller: Caller;
  readonly encoding: Encoding;
  readonly wireBytes: number;
  /** Empty if there is a problem with the call. */
  readonly input: JsonMap;
  readonly problem: ServiceError | undefined;
}

export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly withoutRequestId?: boolean | undefined;
  readonly errorName?: string | undefined;
  readonly errorMessage?: string | undefined;
}

/** An answer that goes on. */
export interface StreamAnswer {
  readonly kind: 'stream';
  readonly stream: EventStream;
  readonly withoutRequestId?: boolean | undefined;
}

/** An answer, a connection that is reset, or no answer at all. */
export type Reply = Answer | StreamAnswer | { readonly kind: 'reset' } | { readonly kind: 'silence' };

const TARGET_PREFIX = 'Logs_20140328.';
const CONTENT_TYPE = 'application/x-amz-json-1.1';
/** More than any legal call needs: 1 MiB of messages, each character escaped, is about 7 MiB. */
const MAX_BODY_BYTES = 16 * 1_048_576;

const unzip = promisify(gunzip);

/** Reads a whole request. Rejects only if the connection breaks before its end. */
export async function readCall(
  request: IncomingMessage,
  signatureNowMs: () => number,
  allowedHosts: readonly string[],
): Promise<Call> {
  const { headers } = request;
  const target = headers['x-amz-target']?.toString() ?? '';
  const body = await readBody(request);
  const facts = {
    operation: target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : target,
    caller: callerOf(headers),
    encoding: headers['content-encoding'] === 'gzip' ? ('gzip' as const) : ('identity' as const),
    wireBytes: body.wireBytes,
  };
  try {
    checkHost(headers, allowedHosts);
    checkProtocol(request, target);
    if (body.bytes === undefined) throw bodyTooLarge();
    checkAuthorization(headers, body.bytes, signatureNowMs());
    return {
      ...facts,
      input: parseInput(await decodeBody(body.bytes, headers['content-encoding'])),
      problem: undefined,
    };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { ...facts, input: {}, problem: error };
  }
}

/** Reads on beyond the limit without keeping the bytes, so that the caller still gets an answer. */
async function readBody(request: IncomingMessage): Promise<{ wireBytes: number; bytes: Buffer | undefined }> {
  const chunks: Buffer[] = [];
  let wireBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    wireBytes += chunk.length;
    if (wireBytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return { wireBytes, bytes: wireBytes <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined };
}

/** Name and status of the refusal of a wrong content type are assumed. */
function checkProtocol({ headers }: IncomingMessage, target: string): void {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== CONTENT_TYPE) {
    throw new ServiceError(
      'UnknownOperationException',
      `Content-Type must be ${CONTENT_TYPE}, got ${type ?? 'none'}`,
    );
  }
  if (!target.startsWith(TARGET_PREFIX)) {
    throw new ServiceError(
      'UnknownOperationException',
      `X-Amz-Target must start with ${TARGET_PREFIX}, got ${target}`,
    );
  }
}

/** That the service accepts gzip is seen in source. Name and status of a refusal are assumed. */
async function decodeBody(bytes: Buffer, contentEncoding = 'identity'): Promise<Buffer> {
  if (contentEncoding === 'identity') return bytes;
  if (contentEncoding !== 'gzip') {
    throw new ServiceError(
      'MalformedHttpRequestException',
      `Unsupported Content-Encoding: ${contentEncoding}`,
    );
  }
  try {
    return await unzip(bytes, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    if (isMap(error) && error['code'] === 'ERR_BUFFER_TOO_LARGE') throw bodyTooLarge();
    throw new ServiceError('MalformedHttpRequestException', 'Unable to decompress the request body');
  }
}

/** The name belongs to the family of the API; status and text are assumed. */
function parseInput(bytes: Buffer): JsonMap {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isMap(value)) return value;
  } catch {
    // Neither UTF-8 nor JSON: refused below.
  }
  throw new ServiceError('SerializationException', 'The request body is not a JSON object');
}

/** The answer with what an operation gave. */
export function answerOf(output: object): Answer | StreamAnswer {
  return output instanceof EventStream ? { kind: 'stream', stream: output } : success(output);
}

export function success(output: object): Answer {
  return { kind: 'answer', status: 200, body: JSON.stringify(output), headers: {} };
}

export function refusal({ name, message, status, members, headers }: ServiceError): Answer {
  const body = JSON.stringify({ __type: name, message, ...members });
  return { kind: 'answer', status, body, headers, errorName: name, errorMessage: message };
}
