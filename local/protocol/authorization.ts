import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { accountOfKey, type AccountRegion, DEFAULT_REGION } from '../arns.js';
import { ServiceError } from '../service-error.js';

/**
 * Who calls, and for which Region. Key and Region are in the credential scope of the Authorization header. An access key of
 * twelve digits is the number of its account; every other one belongs to one account.
 */
export interface Caller extends AccountRegion {
  readonly accessKeyId: string;
  /** The program, as it names itself. */
  readonly userAgent: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const PARAMETERS = ['Credential', 'SignedHeaders', 'Signature'];
/** CloudWatch Logs was seen to refuse signatures from here on; other services take up to 15 minutes. */
const MAX_SKEW_MINUTES = 5;
const MAX_SKEW_MS = MAX_SKEW_MINUTES * 60_000;

/** Reads a malformed header, too, because a refused call also has a row in the ledger. */
export function callerOf(headers: IncomingHttpHeaders): Caller {
  const [accessKeyId = '', , region = DEFAULT_REGION] = scopeOf(headers);
  const userAgent = headers['user-agent'] ?? '';
  const accountId = accountOfKey(accessKeyId);
  return { accessKeyId, accountId, region: region === '' ? DEFAULT_REGION : region, userAgent };
}

/**
 * Checks the form of the signature, its scope, its age and the hash of the payload. Does not compute the signature:
 * this server knows no secrets. The refusals are documented, their texts reported.
 */
export function checkAuthorization(headers: IncomingHttpHeaders, body: Buffer, nowMs: number): void {
  checkForm(headers.authorization);
  const signedAt = header(headers, 'x-amz-date') ?? '';
  checkScope(scopeOf(headers), signedAt);
  checkAge(signedAt, nowMs);
  checkPayload(header(headers, 'x-amz-content-sha256'), body);
}

function checkForm(authorization: string | undefined): void {
  if (authorization === undefined || authorization === '') {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const given = parametersOf(authorization);
  const missing = authorization.startsWith(`${ALGORITHM} `)
    ? PARAMETERS.filter((name) => !given[name])
    : PARAMETERS;
  if (missing.length === 0) return;
  const texts = missing.map((name) => `Authorization header requires '${name}' parameter.`);
  throw new ServiceError('IncompleteSignatureException', `${texts.join(' ')} Authorization=${authorization}`);
}

function checkScope(scope: readonly string[], signedAt: string): void {
  const [, date, region, service, terminator] = scope;
  if (scope.length !== 5 || !region || terminator !== 'aws4_request') {
    const form =
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term';
    throw new ServiceError('IncompleteSignatureException', `${form}, got '${scope.join('/')}'`);
  }
  if (service !== 'logs') throw badSignature("Credential should be scoped to correct service: 'logs'. ");
  const day = signedAt.slice(0, 8);
  if (date === day || signedAt === '') return;
  const difference = `'${date}' != '${day}', from '${signedAt}'.`;
  throw badSignature(
    `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date: ${difference}`,
  );
}

function checkAge(signedAt: string, nowMs: number): void {
  const signedAtMs = timeOf(signedAt);
  if (signedAtMs === undefined) {
    const text = `Date must be in ISO-8601 'basic format'. Got '${signedAt}'. See http://en.wikipedia.org/wiki/ISO_8601`;
    throw new ServiceError('IncompleteSignatureException', text);
  }
  const [earliestMs, latestMs] = [nowMs - MAX_SKEW_MS, nowMs + MAX_SKEW_MS];
  if (signedAtMs < earliestMs) {
    const bound = `${basic(earliestMs)} (${basic(nowMs)} - ${MAX_SKEW_MINUTES} min.)`;
    throw badSignature(`Signature expired: ${signedAt} is now earlier than ${bound}`);
  }
  if (signedAtMs > latestMs) {
    const bound = `${basic(latestMs)} (${basic(nowMs)} + ${MAX_SKEW_MINUTES} min.)`;
    throw badSignature(`Signature not yet current: ${signedAt} is still later than ${bound}`);
  }
}

/** The hash covers the bytes on the wire. So a body that was compressed after signing is refused. */
function checkPayload(expected: string | undefined, body: Buffer): void {
  if (expected === undefined || expected === 'UNSIGNED-PAYLOAD') return;
  if (createHash('sha256').update(body).digest('hex') === expected) return;
  throw badSignature(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access ' +
      'Key and signing method. Consult the service documentation for details.',
  );
}

function badSignature(text: string): ServiceError {
  return new ServiceError('InvalidSignatureException', text);
}

function scopeOf(headers: IncomingHttpHeaders): readonly string[] {
  return (parametersOf(headers.authorization ?? '')['Credential'] ?? '').split('/');
}

function parametersOf(authorization: string): Readonly<Record<string, string>> {
  const parts = authorization.slice(authorization.indexOf(' ') + 1).split(',');
  return Object.fromEntries(parts.map((part) => nameAndValue(part.trim())));
}

function nameAndValue(part: string): [string, string] {
  const equals = part.indexOf('=');
  return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** `20261122T084450Z`, the form of `x-amz-date`. */
function basic(timeMs: number): string {
  return new Date(timeMs).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}

function timeOf(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1);
  const timeMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
