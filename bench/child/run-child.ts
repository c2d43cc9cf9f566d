import { fork } from 'node:child_process';
import { projectPath } from '../paths.js';

export interface ChildOptions {
  readonly args?: readonly string[];
  /** The endpoint's URL, for contestants that deliver. */
  readonly endpoint: string;
  /** Milliseconds after which the child is killed. @default 180000 */
  readonly timeoutMs?: number;
  /** Additional environment variables. */
  readonly variables?: NodeJS.ProcessEnv;
  /** Options of Node.js. */
  readonly nodeOptions?: readonly string[];
  /** The program that runs it. @default - this Node.js */
  readonly node?: string | undefined;
}

/**
 * Runs a program in a fresh process, by its path from the project's root, and resolves with the message that it sends.
 *
 * @throws Error with the end of its output, if it exits or hangs before it has sent one
 */
export function runChild<Sample>(program: string, options: ChildOptions): Promise<Sample> {
  const { args = [], endpoint, timeoutMs = 180_000, variables, nodeOptions = [], node } = options;
  const child = fork(projectPath(program), args, {
    env: { ...environment(endpoint), ...variables },
    silent: true,
    execArgv: [...nodeOptions],
    execPath: node ?? process.execPath,
  });
  const output: string[] = [];
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    let sample: Sample | undefined;
    child.on('message', (message) => (sample = message as Sample));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (sample !== undefined) resolve(sample);
      else reject(new Error(failure([program, ...args], signal ?? `status ${code}`, output.join(''))));
    });
  });
}

function failure(command: readonly string[], end: string, output: string): string {
  const tail = output.trim().split('\n').slice(-12).join('\n');
  return `${command.join(' ')} ended with ${end} before it had a result${tail ? `:\n${tail}` : ''}`;
}

/** Takes only `PATH` from the caller's environment. Every contestant finds the endpoint and keys as it documents. */
export function environment(endpoint: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint,
    BENCH_ENDPOINT: endpoint,
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
    FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'bench',
    FAPILOG_CLOUDWATCH__ENDPOINT_URL: endpoint,
  };
}
