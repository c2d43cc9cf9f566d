import { build } from 'esbuild';
import { runChild } from '../child/run-child.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Options } from '../options.js';
import { projectPath } from '../paths.js';
import { BUNDLING } from './bundle.js';
import type { Progress } from './progress.js';
import { takeTurns, type Measured } from './turns.js';

export interface Mark {
  /** Milliseconds since the process was started. */
  readonly wallMs: number;
  /** Milliseconds of CPU time of the process. */
  readonly cpuMs: number;
  /** Whether the AWS client is among the loaded modules. In a bundle this cannot be seen. */
  readonly isSdkLoaded: boolean;
}

export interface Marks {
  readonly imported: Mark;
  readonly logged: Mark;
  /** Absent for a program that delivers nothing. */
  readonly delivered?: Mark;
}

export type Startup = Measured<string, Marks>;

export const STARTUPS = ['empty', 'pino', 'fapilog', 'bare-sdk', 'logtape', 'winston-cloudwatch'] as const;

/** Name of a program's bundle in the results. */
export function bundled(name: string): string {
  return `${name}, bundled`;
}

/**
 * Measures each program of startup/ in fresh processes, from its modules and from a minified bundle with all its
 * imports.
 */
export async function measureStartup(
  { starts }: Options,
  endpoint: Endpoint,
  progress: Progress,
): Promise<Startup[]> {
  await bundleAll();
  const programs = new Map<string, string>([
    ...STARTUPS.map((name): [string, string] => [name, `bench/startup/${name}.mjs`]),
    ...STARTUPS.map((name): [string, string] => [bundled(name), bundlePath(name)]),
  ]);
  const startups = await takeTurns({
    what: 'start-up',
    names: [...programs.keys()],
    repetitions: starts,
    progress,
    run: (name) => runChild<Marks>(programs.get(name)!, { endpoint: endpoint.url, timeoutMs: 30_000 }),
  });
  await endpoint.verdict(0);
  return startups;
}

function bundlePath(name: string): string {
  return `.cache/bench/startup/${name}/${name}.cjs`;
}

async function bundleAll(): Promise<void> {
  await Promise.all(
    STARTUPS.map((name) =>
      build({
        ...BUNDLING,
        entryPoints: [projectPath(`bench/startup/${name}.mjs`)],
        outfile: projectPath(bundlePath(name)),
      }),
    ),
  );
}
