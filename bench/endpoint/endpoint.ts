import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Addresses, Judgement } from './server.js';

/** The endpoint's process. */
export interface Endpoint extends Addresses {
  readonly pid: number;
  /** Returns the fate of the events since the last verdict, if `events` were logged. */
  verdict(events: number): Promise<Judgement>;
  stop(): Promise<void>;
}

export async function startEndpoint(): Promise<Endpoint> {
  const program = fileURLToPath(new URL('./server.js', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const addresses = JSON.parse(line) as Addresses;
  return {
    ...addresses,
    pid: child.pid!,
    verdict: async (events) =>
      (await fetch(`${addresses.url}/verdict?events=${events}`)).json() as Promise<Judgement>,
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
