import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { projectPath } from '../paths.js';
import { environment } from './run-child.js';
import { startRuntimeApi } from './runtime-api.js';

/** A moment of a function's process. */
export interface Moment {
  /** Milliseconds since the process was started. */
  readonly wallMs: number;
  /** Milliseconds of CPU time of all its threads. */
  readonly cpuMs: number;
}

export interface Lifetime {
  /** When the process asked for its first invocation, and after each one for the next. */
  readonly asked: readonly Moment[];
  /** When it had answered each invocation. */
  readonly answered: readonly Moment[];
  /** All that it wrote to stdout. */
  readonly stdout: string;
}

export interface FunctionOptions {
  /** Folder of the code, with a file index.cjs that exports `handler`. */
  readonly folder: string;
  readonly endpoint: string;
  /** The program that runs it. */
  readonly node: string;
  /** Additional environment variables. */
  readonly variables: NodeJS.ProcessEnv;
  /** The event of each invocation. */
  readonly events: readonly unknown[];
}

/**
 * Starts a function as Lambda does, by the runtime client of its Node.js runtimes, and ends it after its last
 * invocation.
 *
 * @throws Error with its output, if it ends or fails before that
 */
export async function runFunction(options: FunctionOptions): Promise<Lifetime> {
  const { events } = options;
  const asked: Moment[] = [];
  const answered: Moment[] = [];
  const failures: string[] = [];
  const api = await startRuntimeApi({
    next() {
      asked.push(moment());
      if (asked.length > events.length) child.kill('SIGKILL');
      return events[asked.length - 1];
    },
    answered(path, body) {
      answered.push(moment());
      if (path.endsWith('/response')) return;
      failures.push(body);
      child.kill('SIGKILL');
    },
  });
  const startMs = performance.now();
  const child = startFunction(options, api.address);
  const moment = (): Moment => ({ wallMs: performance.now() - startMs, cpuMs: cpuMsOf(child.pid!) });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  api.stop();
  if (asked.length > events.length) return { asked, answered, stdout };
  throw new Error(`the function ended early: ${[...failures, stderr].join('\n').trim()}`);
}

function startFunction({ folder, endpoint, node, variables }: FunctionOptions, address: string) {
  return spawn(node, clientArguments(), {
    env: {
      ...environment(endpoint),
      ...LAMBDA_VARIABLES,
      LAMBDA_TASK_ROOT: folder,
      AWS_LAMBDA_RUNTIME_API: address,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
}

const LAMBDA_VARIABLES = {
  _HANDLER: 'index.handler',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/bench',
  AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]bench',
  AWS_SESSION_TOKEN: 'session-token',
};

/** Where the runtime client may be: compiled by the tests of deployments, or as the benchmark installs it, without scripts. */
const CLIENTS = ['.cache/ric/node_modules/aws-lambda-ric', 'bench/node_modules/aws-lambda-ric'].map((path) =>
  projectPath(path),
);
const compiled = CLIENTS.find((client) => existsSync(`${client}/rapid-client.node`));

/** Whether the native part of the runtime client is there. */
export const isClientNative = compiled !== undefined;

function clientArguments(): string[] {
  if (compiled !== undefined) return [`${compiled}/index.mjs`];
  return ['--require', projectPath('test/support/native-client.cjs'), `${CLIENTS.at(-1)}/index.mjs`];
}

/** CPU time of the threads of another process, from the kernel. `/proc/<pid>/stat` counts in steps of 10 ms. */
function cpuMsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/task`)
    .map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' '))
    .reduce((sum, [onCpuNs]) => sum + Number(onCpuNs) / 1_000_000, 0);
}
