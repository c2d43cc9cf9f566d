import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Program } from './reader.js';

const PROGRAM = 'tools/python-readers/program.py';

/** What the library needs beside what comes with Python. The sink loses every line without boto3, and says nothing. */
const IMPORTS = 'import boto3, fapilog';

/** A checkout of the Python library. */
export interface Checkout {
  readonly version: string;
  readonly program: Program;
}

/** The checkout in a folder, or the reason why there is none that Python can import. */
export function checkoutIn(source: string): Checkout | string {
  const folder = resolve(source, 'src');
  const changes = join(source, 'CHANGELOG.md');
  if (!existsSync(join(folder, 'fapilog')) || !existsSync(changes))
    return `${source} is no checkout of the Python library: it has no src/fapilog or no CHANGELOG.md`;
  const python = process.env['PYTHON'] ?? 'python3';
  const PYTHONPATH = [folder, ...(process.env['PYTHONPATH']?.split(delimiter) ?? [])].join(delimiter);
  const environment = { PYTHONPATH, PYTHONDONTWRITEBYTECODE: '1' };
  const problem = importProblem(python, environment);
  if (problem !== undefined) return problem;
  return {
    version: versionIn(readFileSync(changes, 'utf8')),
    program: { command: [python, PROGRAM], environment },
  };
}

function importProblem(python: string, environment: Readonly<Record<string, string>>): string | undefined {
  const { status, stderr, error } = spawnSync(python, ['-c', IMPORTS], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  if (status === 0) return undefined;
  const reason = error?.message ?? stderr.trim().split('\n').at(-1);
  return `${python} cannot import the library: ${reason}; name the folder of a missing module in PYTHONPATH, or another interpreter in PYTHON`;
}

/** The latest version that is released. */
export function versionIn(changes: string): string {
  return /^## \[(\d\S*)\]/m.exec(changes)?.[1] ?? 'unknown';
}
