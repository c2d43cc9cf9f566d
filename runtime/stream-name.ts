import { hostname } from 'node:os';
import { MAX_NAME_LENGTH } from '../contract/limits.js';
import type { CloudWatchValues } from '../contract/sections.js';
import type { Target } from './batch/target.js';

/** What a made-up name is made of. */
export interface StreamNameParts {
  /** What the name begins with; `-` follows, unless it ends in a separator itself. @default - nothing */
  readonly prefix?: string | undefined;
  /** @default - of this machine */
  readonly host?: string | undefined;
  /** @default - of this process */
  readonly pid?: number | undefined;
}

/** Where a sink with these settings delivers. */
export function targetOf({
  logGroupName = '',
  logStreamName,
  logStreamPrefix: prefix,
}: CloudWatchValues): Target {
  return { logGroupName, logStreamName: logStreamName ?? defaultLogStreamName({ prefix }) };
}

/** A stream of its own for each process: host, process id and a random part, so that no two ever share one. */
export function defaultLogStreamName(parts: StreamNameParts = {}): string {
  const { prefix = '', host = hostname(), pid = process.pid } = parts;
  const beginning = prefix === '' || /[-_/.#]$/.test(prefix) ? prefix : `${prefix}-`;
  const suffix = `-${pid}-${randomDigits()}`;
  const room = MAX_NAME_LENGTH - beginning.length - suffix.length;
  return beginning + host.replace(/[:*]/g, '-').slice(0, room) + suffix;
}

/** Eight hexadecimal digits. They are no secret, and `node:crypto` takes longer to load than a logger to make. */
function randomDigits(): string {
  return Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}
