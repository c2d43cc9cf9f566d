import { hostname } from 'node:os';
import { describeError, messageOf, traits } from './verdict.js';

const MAX_SESSION_NAME_LENGTH = 64;

/** Names the process in CloudTrail. STS allows 2 to 64 of the characters a-z A-Z 0-9 _ + = , . @ - */
export function roleSessionName(host = hostname(), pid = process.pid): string {
  const [prefix, suffix] = ['fapilog-', `-${pid}`];
  const room = MAX_SESSION_NAME_LENGTH - prefix.length - suffix.length;
  return prefix + host.replace(/[^\w+=,.@-]/g, '-').slice(0, room) + suffix;
}

/** What the caller did wrong stays wrong until somebody repairs it; the rest may get better by itself. */
type ErrorName =
  | 'AssumeRoleRefused'
  | 'AssumeRoleFailed'
  | 'CredentialsProviderError'
  | 'CredentialsUnavailable'
  | 'ThrottlingException';

/**
 * Why there are no credentials. The names are ours: an answer of STS, or of whoever else hands out credentials, must never
 * be taken for an answer about the batch, which might then be given up.
 */
export class CredentialsError extends Error {
  override readonly name: ErrorName;

  /** @param roleArn the role that was to be assumed. @default - the credentials of the process were looked for */
  constructor(cause: unknown, roleArn?: string) {
    const { reason, status } = traits(cause);
    const what = roleArn === undefined ? 'no credentials' : `cannot assume ${roleArn}`;
    // The name of the error says it already.
    const text = messageOf(cause);
    super(
      `${what}: ${reason === 'CredentialsProviderError' && !roleArn ? text : describeError(reason, text)}`,
      { cause },
    );
    const isRole = roleArn !== undefined;
    if (isThrottled(reason, status)) this.name = 'ThrottlingException';
    else if (isRefusal(reason, status)) this.name = isRole ? 'AssumeRoleRefused' : 'CredentialsProviderError';
    else this.name = isRole ? 'AssumeRoleFailed' : 'CredentialsUnavailable';
  }
}

/** The chain of providers found nothing, or a file that it was told to read is not there. */
const REFUSALS = new Set(['CredentialsProviderError', 'TokenProviderError', 'ENOENT', 'EACCES', 'EISDIR']);

function isRefusal(reason: string, status: number | undefined): boolean {
  return REFUSALS.has(reason) || (status !== undefined && status >= 400 && status < 500);
}

function isThrottled(reason: string, status: number | undefined): boolean {
  return /^Throttl|^RequestLimitExceeded$/.test(reason) || status === 429;
}
