import { readFileSync } from 'node:fs';

export interface Cpu {
  /** Milliseconds of CPU time of the thread that logs. */
  readonly mainMs: number;
  /** Milliseconds of CPU time of the process, including the threads of V8, of libuv and of workers. */
  readonly processMs: number;
}

/** Returns the CPU time used so far. Call it on the main thread. */
export function cpuUsed(): Cpu {
  const { user, system } = process.cpuUsage();
  return { mainMs: threadMs(), processMs: (user + system) / 1_000 };
}

export function cpuSince(start: Cpu): Cpu {
  const now = cpuUsed();
  return { mainMs: now.mainMs - start.mainMs, processMs: now.processMs - start.processMs };
}

/** Milliseconds of CPU time of the main thread, from the kernel. `process.threadCpuUsage` needs Node.js 23. */
export function threadMs(): number {
  const [onCpuNs] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
  return Number(onCpuNs) / 1_000_000;
}

/** Peak of this program alone. `getrusage` would count the parent's memory at the fork. */
export function peakRssBytes(): number {
  const [, kib] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return Number(kib) * 1_024;
}
