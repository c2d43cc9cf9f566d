import { execFile } from 'node:child_process';
import type { DeliveryStage } from './delivery-stage.js';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

/** Runs a program and its arguments; the programs use the built package: `npm run build` comes first. */
export function run(command: readonly string[], serviceUrl: string, timeoutMs = 60_000): Promise<Ended> {
  return runWith(command, { ...process.env, SERVICE_URL: serviceUrl }, { timeoutMs });
}

/** Runs a program that has no other variables than these. */
export function runWith(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  { timeoutMs = 60_000, cwd }: { readonly timeoutMs?: number; readonly cwd?: string } = {},
): Promise<Ended> {
  const startedMs = Date.now();
  return new Promise((resolve) => {
    const options = { env, cwd, timeout: timeoutMs, maxBuffer: 64 * 1_048_576 };
    execFile(process.execPath, [...command], options, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
      resolve({ code, stdout, stderr, tookMs: Date.now() - startedMs });
    });
  });
}

function idOf(message: string): number {
  return (JSON.parse(message) as { id: number }).id;
}

/** Numbers of the events in the stream, in its order. */
export async function storedIds(stage: DeliveryStage): Promise<number[]> {
  const stored = await stage.stored();
  return stored.map(({ message }) => idOf(message));
}

/** Numbers of the events on stderr, as they stand there. */
export function divertedIds(stderr: string): number[] {
  const lines = stderr.split('\n').filter((line) => line.startsWith('{"diverted"'));
  return lines.map((line) => idOf((JSON.parse(line) as { message: string }).message));
}
