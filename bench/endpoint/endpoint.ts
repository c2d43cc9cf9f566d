import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Judgement } from './server.js';

/** The endpoint's process. */
export interface Endpoint {
  readonly url: string;
  /** Returns the fate of the events since the last verdict, if `events` were logged. */
  verdict(events: number): Promise<Judgement>;
  stop(): Promise<void>;
}

export async function startEndpoint(): Promise<Endpoint> {
  const program = fileURLToPath(new URL('./server.js', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    url,
    verdict: async (events) => (await fetch(`${url}/verdict?events=${events}`)).json() as Promise<Judgement>,
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
