import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/imports.js';

/** What is installed where no cfn-lint is on the path. */
const VERSION = '1.51.0';

const environment = join(root, '.cache/cfn-lint');

/** What a linter complains of, in a line. */
export type Complaint = string;

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** The linter on the path, or one in a virtual environment of its own; `undefined` where neither is to be had. */
export function findLinter(): string | undefined {
  if (succeeds('cfn-lint', ['--version'])) return 'cfn-lint';
  const linter = join(environment, 'bin/cfn-lint');
  if (existsSync(linter)) return linter;
  const pip = join(environment, 'bin/pip');
  const isInstalled =
    succeeds('python3', ['-m', 'venv', environment]) &&
    succeeds(pip, ['install', '--quiet', `cfn-lint==${VERSION}`]);
  return isInstalled ? linter : undefined;
}

/** @param ignored ids of rules */
export function lint(
  linter: string,
  templates: readonly string[],
  regions: readonly string[],
  ignored: readonly string[],
): Complaint[] {
  const options = ['--format', 'parseable', '--regions', ...regions, '--ignore-checks', ...ignored];
  const { stdout, stderr, error } = spawnSync(linter, [...options, '--', ...templates], { encoding: 'utf8' });
  if (error) throw error;
  if (stderr !== '') throw new Error(stderr);
  return stdout.split('\n').filter((line) => line !== '');
}
