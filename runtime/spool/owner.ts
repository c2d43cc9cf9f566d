import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { guarded } from '../serialize/guard.js';

/** Which process a directory belongs to. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** Ticks between the start of the system and that of the process; only where there is `/proc`. */
  readonly startedAt: string | undefined;
  /** The same for all processes that see each other under their process ids. */
  readonly system: string | undefined;
}

/** After this time without a sign of life, a process that cannot be looked for counts as dead. */
export const SILENCE_MS = 120_000;

/** How often an owner gives one. */
export const HEARTBEAT_MS = 10_000;

export function thisProcess(): Owner {
  return { host: hostname(), pid: process.pid, startedAt: startOf(process.pid), system: thisSystem() };
}

/**
 * Whether an owner still lives. Process ids are used again, and containers have their own: where both processes belong
 * to one system that has `/proc`, the time of the start decides; else the silence since the last sign of life.
 */
export function isAlive(owner: Owner | undefined, silenceMs: number, here = thisProcess()): boolean {
  if (owner?.system !== undefined && owner.system === here.system) {
    return owner.startedAt !== undefined && startOf(owner.pid) === owner.startedAt;
  }
  return silenceMs < SILENCE_MS;
}

/** An owner as it was written; `undefined` if it is none. */
export function parseOwner(text: string): Owner | undefined {
  const { host, pid, startedAt, system } = guarded(() => Object(JSON.parse(text)) as Partial<Owner>, {});
  return typeof host === 'string' && typeof pid === 'number' ? { host, pid, startedAt, system } : undefined;
}

/** `undefined` for a process that is gone, or has ended and is only still listed. */
function startOf(pid: number): string | undefined {
  const stat = guarded(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), undefined);
  // The name, which comes first, is in brackets and may have any character in it.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields && !/^[ZX]/.test(fields[0]!) ? fields[19] : undefined;
}

function thisSystem(): string | undefined {
  const boot = guarded(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), undefined);
  const processes = guarded(() => readlinkSync('/proc/self/ns/pid'), undefined);
  return boot && processes ? `${boot} ${processes}` : undefined;
}
