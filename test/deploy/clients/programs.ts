import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { motoPython } from '../../support/moto.js';
import { poll } from '../../support/poll.js';
import { findProgram } from '../../support/tools.js';

/** AWS's command line and a Python that has boto3, for `describeWith`. */
export const awsCommand = findProgram('aws');
export const pythonCommand = motoPython;

/** Whether AWS's command line is of version 2: `aws logs tail` came with it, and it is in no Python package. */
export const hasTail =
  awsCommand !== undefined &&
  execFileSync(awsCommand, ['--version'], { encoding: 'utf8' }).startsWith('aws-cli/2');

/** No file of the user's own says anything to AWS's clients. */
const HOME = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-clients-'));

/** @throws Error with what the program said if it fails or is not there */
export async function run(program: string | undefined, args: string[], endpoint: string): Promise<string> {
  const { stdout } = await promisify(execFile)(found(program), args, { env: environment(endpoint) });
  return stdout;
}

/** A program that goes on until it is stopped. */
export function follow(program: string | undefined, args: string[], endpoint: string): ChildProcess {
  return spawn(found(program), args, {
    env: environment(endpoint),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** The lines that a program has written once the last of them is there. */
export function linesUpTo(child: ChildProcess): (last: string) => Promise<string[]> {
  let text = '';
  child.stdout?.on('data', (bytes) => (text += String(bytes)));
  return (last) =>
    poll(`the line ${last}`, () => {
      if (child.exitCode !== null) throw new Error(`the program ended with code ${child.exitCode}`);
      const lines = text.trim().split('\n');
      return lines.some((line) => line.endsWith(last)) ? lines : undefined;
    });
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function found(program: string | undefined): string {
  if (program !== undefined) return program;
  throw new Error('the program is neither on PATH nor under .cache/: run npm run test:deploy');
}

/** What `fapilog-cloudwatch local` says to export. */
export function variables(endpoint: string): Record<string, string> {
  return { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint, AWS_DISABLE_HOST_PREFIX_INJECTION: 'true' };
}

function environment(endpoint: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME,
    ...variables(endpoint),
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_PAGER: '',
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
}
