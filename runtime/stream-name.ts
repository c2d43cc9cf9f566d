import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { MAX_NAME_LENGTH } from '../contract/limits.js';

/** A stream of its own for each process: host, process id and a random part, so that no two ever share one. */
export function defaultLogStreamName(host = hostname(), pid = process.pid): string {
  const suffix = `-${pid}-${randomBytes(4).toString('hex')}`;
  const legalHost = host.replace(/[:*]/g, '-').slice(0, MAX_NAME_LENGTH - suffix.length);
  return legalHost + suffix;
}
