import type { ServerResponse } from 'node:http';

/** What is answered to a question of the page. */
export interface Content {
  /** Default: 200. */
  readonly status?: number | undefined;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * Log lines are the data of strangers. Should one ever become markup in the page: nothing but the page's own files is run or asked,
 * and no other page may show, embed or read this one.
 */
const SAFETY: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** Headers of an answer whose body is sent piece by piece. */
export function sendHead(response: ServerResponse, type: string, headers: Content['headers'] = {}): void {
  response.writeHead(200, { ...SAFETY, 'Content-Type': type, ...headers });
}

export function sendContent(response: ServerResponse, { status = 200, type, body, headers }: Content): void {
  response.writeHead(status, {
    ...SAFETY,
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

export function plain(body: string, status: number): Content {
  return { status, type: 'text/plain; charset=utf-8', body };
}

/** The answer where there is nothing. */
export const NOT_A_CALL = plain(
  'This is a local CloudWatch Logs server. It answers AWS JSON 1.1 calls: POST / with X-Amz-Target. Its page, if it has one, is at /.\n',
  404,
);

export function json(value: unknown, status = 200): Content {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}
