import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './imports.js';

/** What the CDK CLI made of an app, in a directory that lasts as long as the function that looks at it. */
export interface Synthesized {
  readonly status: number | null;
  readonly stderr: string;
  readonly directory: string;
}

/** Runs `cdk synth` in an environment that knows nothing of AWS: without credentials, profile and Region. */
export function withSynthesized(args: readonly string[], look: (synthesized: Synthesized) => void): void {
  const home = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-synth-'));
  const directory = join(home, 'out');
  try {
    const { status, stderr } = spawnSync(
      join(root, 'node_modules/.bin/cdk'),
      ['synth', '--quiet', '--output', directory, ...args],
      {
        cwd: root,
        env: { PATH: process.env['PATH'], HOME: home, AWS_EC2_METADATA_DISABLED: 'true', CI: 'true' },
        encoding: 'utf8',
      },
    );
    look({ status, stderr, directory });
  } finally {
    rmSync(home, { recursive: true });
  }
}

interface Manifest {
  readonly artifacts: Readonly<Record<string, { readonly type: string }>>;
  /** What the app wants to be looked up in an account. */
  readonly missing?: readonly unknown[];
}

export function manifestIn(directory: string): Manifest {
  return JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Manifest;
}

/** Names of the stacks in a cloud assembly, sorted. */
export function stackNames(directory: string): string[] {
  const stacks = Object.entries(manifestIn(directory).artifacts).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  );
  return stacks.map(([name]) => name).toSorted();
}
