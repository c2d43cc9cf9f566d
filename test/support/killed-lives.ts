import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pause } from './delivery-stage.js';
import { root } from './imports.js';

/** A process that logged into a spool until it was killed. */
export interface Life {
  readonly firstId: number;
  /** Ids whose log calls had returned. */
  readonly acknowledged: readonly number[];
}

export interface LifeOptions {
  readonly spoolDir: string;
  readonly endpoint: string;
  /** Gives the life a log stream and ids of its own. */
  readonly round: number;
  /** From its first line to its end. */
  readonly forMs: number;
  /** Characters that are added to each event. */
  readonly padding?: number;
  /** Whether it runs only when nobody else wants to. */
  readonly isStarved?: boolean;
}

export const IDS_OF_A_LIFE = 1_000_000;

/** Runs the program, kills it some time after its first line, and gives what it had acknowledged. */
export async function liveAndBeKilled(options: LifeOptions): Promise<Life> {
  const { spoolDir, endpoint, round, forMs, padding = 0, isStarved = false } = options;
  const firstId = round * IDS_OF_A_LIFE;
  const program = [process.execPath, join(root, 'test/pipeline/programs/spools.mjs')];
  const [command, ...args] = isStarved ? ['nice', '-n', '19', ...program] : program;
  const child = spawn(command!, args, {
    env: {
      ...process.env,
      SERVICE_URL: endpoint,
      SPOOL_DIR: spoolDir,
      STREAM: `round-${round}`,
      FIRST_ID: String(firstId),
      PADDING: String(padding),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  const begun = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      resolve();
    });
  });
  const ended = endOf(child);
  await Promise.race([begun, ended]);
  await pause(forMs);
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  // A line that is torn was not said.
  const acknowledged = printed.split('\n').slice(0, -1).map(Number);
  return { firstId, acknowledged };
}

function endOf(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)));
}
