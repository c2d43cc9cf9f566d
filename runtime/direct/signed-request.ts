import type { RequestOptions } from 'node:http';
import type { CallBody } from '../send/compression.js';
import type { Credentials } from '../send/held-credentials.js';
import type { DirectWay } from './direct-way.js';
import { authorizationOf, sha256 } from './signature.js';
import { userAgent } from './user-agent.js';

const USER_AGENT = userAgent(process.env);

/** What is sent in a call, and by whom. */
export interface DirectCall {
  readonly operation: 'PutLogEvents' | 'CreateLogStream' | 'CreateLogGroup' | 'PutRetentionPolicy';
  readonly body: CallBody;
  readonly credentials: Credentials;
}

/**
 * The head of a call, signed by Signature Version 4.
 *
 * @param nowMs the time of the signature, by the clock of the service
 */
export function signedRequest(
  { region, endpoint }: DirectWay,
  call: DirectCall,
  nowMs: number,
): RequestOptions {
  const { host, hostname, port, pathname } = endpoint;
  // The official client adds the slash.
  const path = pathname.endsWith('/') ? pathname : `${pathname}/`;
  const headers = signedHeaders(host, call, nowMs);
  const authorization = authorizationOf({ path, region, headers }, call.credentials);
  return {
    method: 'POST',
    // Node.js takes the address of IPv6 without its brackets.
    host: hostname.replace(/^\[|\]$/g, ''),
    port,
    path,
    headers: { ...headers, 'user-agent': USER_AGENT, authorization },
  };
}

function signedHeaders(
  host: string,
  { operation, body: { bytes, encoding }, credentials: { sessionToken } }: DirectCall,
  nowMs: number,
): Record<string, string> {
  return {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `Logs_20140328.${operation}`,
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    'content-length': String(bytes.length),
    host,
    'x-amz-date': new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, ''),
    ...(sessionToken ? { 'x-amz-security-token': sessionToken } : {}),
    'x-amz-content-sha256': sha256(bytes),
  };
}
