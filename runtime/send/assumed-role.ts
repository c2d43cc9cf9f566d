import { hostname } from 'node:os';
import { traits } from './verdict.js';

const MAX_SESSION_NAME_LENGTH = 64;

/** Names the process in CloudTrail. STS allows 2 to 64 of the characters a-z A-Z 0-9 _ + = , . @ - */
export function roleSessionName(host = hostname(), pid = process.pid): string {
  const [prefix, suffix] = ['fapilog-', `-${pid}`];
  const room = MAX_SESSION_NAME_LENGTH - prefix.length - suffix.length;
  return prefix + host.replace(/[^\w+=,.@-]/g, '-').slice(0, room) + suffix;
}

/**
 * Why there are no credentials of the role. The names are ours: an answer of STS must never be taken for an answer about
 * the batch, which might then be given up.
 */
export class AssumeRoleError extends Error {
  override readonly name: 'AssumeRoleRefused' | 'AssumeRoleFailed' | 'ThrottlingException';

  constructor(roleArn: string, cause: unknown) {
    const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
    super(`cannot assume ${roleArn}: ${name}: ${message}`, { cause });
    this.name = nameFor(name, traits(cause).status);
  }
}

/** What the caller did wrong stays wrong until somebody repairs it; the rest may get better by itself. */
function nameFor(causeName: string, status: number | undefined): AssumeRoleError['name'] {
  if (/^Throttl|^RequestLimitExceeded$/.test(causeName) || status === 429) return 'ThrottlingException';
  const isRefusal = status !== undefined && status >= 400 && status < 500;
  return isRefusal || causeName === 'CredentialsProviderError' ? 'AssumeRoleRefused' : 'AssumeRoleFailed';
}
