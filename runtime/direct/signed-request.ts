import type { OutgoingHttpHeaders, RequestOptions } from 'node:http';
import aws4 from 'aws4';
import { requireLate } from '../io/late-modules.cjs';
import type { CallBody } from '../send/compression.js';
import type { Credentials } from '../send/held-credentials.js';
import type { DirectWay } from './direct-way.js';
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
  const { host, hostname, port } = endpoint;
  const path = pathOf(endpoint);
  const unsigned = { service: 'logs', region, method: 'POST', path, headers: headersOf(host, call, nowMs) };
  const { headers } = aws4.sign(unsigned, call.credentials);
  // Node.js takes the address of IPv6 without its brackets.
  return { method: 'POST', host: hostname.replace(/^\[|\]$/g, ''), port, path, headers: headers! };
}

/** The official client adds the slash. What URLs let pass and signatures do not is escaped. */
function pathOf({ pathname }: URL): string {
  const path = pathname.endsWith('/') ? pathname : `${pathname}/`;
  return path.replace(/[^\w;,/?:@&=+$\-.!~*'()#%]/g, encodeURIComponent);
}

/** Their order is that of the official client. */
function headersOf(
  host: string,
  { operation, body: { bytes, encoding }, credentials }: DirectCall,
  nowMs: number,
): OutgoingHttpHeaders {
  const { sessionToken } = credentials;
  return {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `Logs_20140328.${operation}`,
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    'content-length': bytes.length,
    'user-agent': USER_AGENT,
    host,
    'x-amz-date': new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, ''),
    ...(sessionToken ? { 'x-amz-security-token': sessionToken } : {}),
    'x-amz-content-sha256': sha256Of(bytes),
  };
}

function sha256Of(bytes: Uint8Array): string {
  return requireLate('node:crypto').createHash('sha256').update(bytes).digest('hex');
}
