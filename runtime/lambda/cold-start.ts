import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { thisOwner } from '../../contract/owner.js';

/** All copies of this package in a thread see the same first invocation. */
const SHARED = Symbol.for('fapilog-cloudwatch.cold-start');

interface Shared {
  [SHARED]?: boolean | undefined;
}

/** Whether this is the first call in the process, threads included. */
export function takeColdStart(): boolean {
  const shared = globalThis as Shared;
  if (shared[SHARED]) return false;
  shared[SHARED] = true;
  return isMainThread || isFirstThread();
}

/**
 * Threads share no memory that they could find without each other's help. Making a directory succeeds once. Where it fails for
 * another reason, no thread is the first: the number of cold starts is never too high.
 */
function isFirstThread(): boolean {
  const { pid, startedAt = '' } = thisOwner();
  try {
    mkdirSync(join(tmpdir(), `fapilog-cloudwatch-invoked-${pid}-${startedAt}`));
    return true;
  } catch {
    return false;
  }
}
