import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { root } from './imports.js';

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Sent once the program says that it is ready, and `isReady` agrees. */
  readonly signal?: NodeJS.Signals;
  /** Whether the signal goes to the processes that it has started, too, as from a terminal. */
  readonly isGroup?: boolean;
  /** Asked again until it is true; a program that it never agrees with is killed in the end. */
  readonly isReady?: () => boolean;
  /** Whether the other end of its stderr is gone from the start. */
  readonly isStderrClosed?: boolean;
  /** What is put before the command, such as a program that starts others. */
  readonly starter?: readonly string[];
}

export interface Ended {
  /** The exit status, or the signal that ended the process. */
  readonly by: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
  /** From the line that begins with `ready` to the end; `undefined` if it did not come. */
  readonly msAfterReady: number | undefined;
}

/** A program that neither ends nor dies is a failure, and not one of the machine's load. */
const PATIENCE_MS = 150_000;

const LOOK_MS = 20;

/** Runs a program of test/pipeline/programs, which uses the built package: `npm run build` comes first. */
export function runProgram(program: string, options: ProgramOptions = {}): Promise<Ended> {
  const path = join(root, 'test/pipeline/programs', program);
  const [starter, ...starterArgs] = options.starter ?? [];
  const [command, args] = starter
    ? [starter, [...starterArgs, process.execPath, path]]
    : [process.execPath, [path]];
  const child = spawn(command, args, {
    env: { ...process.env, ...credentials, ...options.env },
    detached: options.isGroup,
  });
  const output = { stdout: '', stderr: '' };
  let readyAtMs: number | undefined;
  const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    if (readyAtMs !== undefined || !/^ready/m.test(output.stdout)) return;
    readyAtMs = Date.now();
    if (options.signal) signalOnceReady(child, options.signal, options);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  if (options.isStderrClosed) child.stderr.destroy();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(patience);
      const msAfterReady = readyAtMs === undefined ? undefined : Date.now() - readyAtMs;
      resolve({ by: signal ?? code ?? -1, ...output, msAfterReady });
    });
  });
}

function signalOnceReady(child: ChildProcess, signal: NodeJS.Signals, options: ProgramOptions): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const { isReady = () => true, isGroup } = options;
  if (!isReady()) setTimeout(() => signalOnceReady(child, signal, options), LOOK_MS);
  else if (isGroup) process.kill(-child.pid!, signal);
  else child.kill(signal);
}

/** The SDK finds these where it finds those of any process. */
const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIDSINK',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};
