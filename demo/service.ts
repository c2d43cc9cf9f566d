import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DeliveryReport } from 'fapilog-cloudwatch';

export interface RunningService {
  readonly url: string;
  /** Ends the service with SIGTERM and hands out the delivery report that it prints. */
  stop(): Promise<DeliveryReport>;
}

const PROGRAM = fileURLToPath(new URL('../examples/http-service/main.js', import.meta.url));

/** Starts the HTTP service as a process of its own, with this environment and nothing else but the PATH. */
export async function startService(
  environment: Record<string, string>,
  program = PROGRAM,
): Promise<RunningService> {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output = lines(child);
  const { listening } = (await output.next('its address')) as { listening: string };
  return {
    url: listening,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const { report } = (await output.next('its delivery report')) as { report: DeliveryReport };
      await exited;
      return report;
    },
  };
}

/** The JSON lines that a process prints, one at a time. */
function lines(child: ChildProcess): { next(what: string): Promise<unknown> } {
  const iterator = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return {
    async next(what) {
      const { value, done } = await iterator.next();
      if (done) throw new Error(`the service ended without printing ${what}`);
      return JSON.parse(value) as unknown;
    },
  };
}
