import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** The process, or the thread of one, that has a directory for itself. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** Ticks between the start of the system and that of the process; only where there is `/proc`. */
  readonly startedAt: string | undefined;
  /** The same for all processes that see each other under their process ids. */
  readonly system: string | undefined;
  /** The thread, where it is not the main one; only where there is `/proc`. It may end long before its process. */
  readonly thread?: ThreadOwner | undefined;
}

/** By the kernel's id of the thread, which is used again, and its start as {@link Owner.startedAt}. */
export interface ThreadOwner {
  readonly id: number;
  readonly startedAt: string;
}

/** After this time without a sign of life, a process that cannot be looked for counts as dead. */
export const SILENCE_MS = 120_000;

/** How often an owner gives one. */
export const HEARTBEAT_MS = 10_000;

/** This process; in a worker thread, this thread of it. */
export function thisOwner(): Owner {
  const owner = { host: hostname(), pid: process.pid, startedAt: ownStart(), system: thisSystem() };
  const thread = readable(thisThread);
  return thread ? { ...owner, thread } : owner;
}

/**
 * Whether an owner still lives. Process ids are used again, and containers have their own: where both processes belong
 * to one system that has `/proc`, the time of the start decides; else the silence since the last sign of life.
 */
export function isAlive(owner: Owner, silenceMs: number, here = thisOwner()): boolean {
  if (owner.system === undefined || owner.system !== here.system || owner.startedAt === undefined) {
    return silenceMs < SILENCE_MS;
  }
  const { pid, startedAt, thread } = owner;
  try {
    if (startIn(readFileSync(`/proc/${pid}/stat`, 'utf8')) !== startedAt) return false;
    return !thread || startIn(readFileSync(threadStat(pid, thread.id), 'utf8')) === thread.startedAt;
  } catch (error) {
    // Only these two say that it is gone; a process without file descriptors to spare cannot tell.
    return !['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}

/** `undefined` for a process, or a thread, that has ended and is only still listed. */
function startIn(stat: string): string | undefined {
  // The name, which comes first, is in brackets and may have any character in it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return /^[ZX]/.test(fields[0]!) ? undefined : fields[19];
}

/** `undefined` in the main thread, which has the id of its process and ends with it. */
function thisThread(): ThreadOwner | undefined {
  const id = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
  if (id === process.pid) return undefined;
  const startedAt = startIn(readFileSync(threadStat(process.pid, id), 'utf8'));
  return startedAt === undefined ? undefined : { id, startedAt };
}

const threadStat = (pid: number, id: number): string => `/proc/${pid}/task/${id}/stat`;

function ownStart(): string | undefined {
  return readable(() => startIn(readFileSync('/proc/self/stat', 'utf8')));
}

function thisSystem(): string | undefined {
  const boot = readable(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const processes = readable(() => readlinkSync('/proc/self/ns/pid'));
  return boot && processes ? `${boot} ${processes}` : undefined;
}

/** `undefined` where the system has no such file, or does not show it. */
function readable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
