import { readFileSync } from 'node:fs';

/** Processor time since the machine's start, in ticks of all its processors. */
export interface Snapshot {
  readonly total: number;
  readonly idle: number;
  /** Time in which the machine wanted to run and its host ran something else. */
  readonly steal: number;
  /** What this program, its finished children and its endpoint have taken. */
  readonly own: number;
}

/** Shares of the machine's processor time between two snapshots, from 0 to 1. */
export interface Shares {
  readonly idle: number;
  readonly steal: number;
  /** What was taken by other programs. */
  readonly others: number;
}

/** Reads the kernel's counters. `pids` are children that still run. */
export function snapshot(pids: readonly number[] = []): Snapshot {
  const own = pids.reduce((sum, pid) => sum + ticksOfProcess(pid), ticksOfProcess('self'));
  return { ...machineTicks(readFileSync('/proc/stat', 'utf8')), own };
}

export function sharesBetween(before: Snapshot, after: Snapshot): Shares {
  const total = Math.max(1, after.total - before.total);
  const idle = (after.idle - before.idle) / total;
  const steal = (after.steal - before.steal) / total;
  const own = (after.own - before.own) / total;
  return { idle, steal, others: Math.max(0, 1 - idle - steal - own) };
}

/** The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal. */
export function machineTicks(stat: string): Omit<Snapshot, 'own'> {
  const ticks = stat.split('\n')[0]!.trim().split(/\s+/).slice(1, 9).map(Number);
  const [, , , idle, waiting, , , steal] = ticks as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { total: ticks.reduce((sum, each) => sum + each, 0), idle: idle + waiting, steal };
}

/** User and system time of a process and of the children that it has waited for, from /proc/<pid>/stat. */
export function processTicks(stat: string): number {
  // The name, in brackets, may have blanks.
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return afterName.slice(11, 15).reduce((sum, each) => sum + Number(each), 0);
}

function ticksOfProcess(pid: number | 'self'): number {
  return processTicks(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
