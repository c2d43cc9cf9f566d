import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { LogRecord } from '../../../runtime/log-record.js';
import { root } from '../../support/imports.js';

export const record: LogRecord = { timeMs: 0, level: 'info', message: 'hi', fields: [] };

export const none = { total: 0, byReason: {} };

/** Reports, as code and message. */
export function reporter(): { readonly reports: string[][]; readonly report: (...report: string[]) => void } {
  const reports: string[][] = [];
  return { reports, report: (...report) => void reports.push(report) };
}

/** A directory for each test of the file; it is gone afterwards. */
export function withDirectory(): { readonly path: string } {
  const directory = { path: '' };

  beforeEach(() => {
    directory.path = mkdtempSync(join(tmpdir(), 'fapilog-sinks-'));
  });

  afterEach(() => {
    rmSync(directory.path, { recursive: true, force: true });
  });

  return directory;
}

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Programs of the folder `programs`, made to run by themselves. */
export async function buildPrograms(outdir: string, names: readonly string[]): Promise<void> {
  await build({
    entryPoints: names.map((name) => join(__dirname, 'programs', `${name}.ts`)),
    absWorkingDir: root,
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
    // They look for it where the package is.
    external: ['@aws-sdk/*', 'sonic-boom'],
  });
}

/** Runs a program of Node's, or a shell's with `$0` as Node and `$1` as the program. */
export function run(
  program: string,
  { shell, args = [] }: { readonly shell?: string; readonly args?: readonly string[] } = {},
): Promise<Ended> {
  const env = { PATH: process.env['PATH'], NODE_PATH: join(root, 'node_modules') };
  const [command, ...words] = shell
    ? ['bash', '-c', shell, process.execPath, program, ...args]
    : [process.execPath, program, ...args];
  const child = spawn(command, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => (stdout += String(text)));
  child.stderr.on('data', (text) => (stderr += String(text)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ stdout, stderr, code }));
  });
}
