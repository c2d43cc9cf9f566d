import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../support/imports.js';

/** What a process runs: it prints its endpoint, or why there is none. */
const PROGRAM = `
import { startLocalCloudWatchLogs } from '${join(root, 'local/index.js')}';

startLocalCloudWatchLogs({ dataDirectory: process.env.DATA_DIRECTORY }).then(
  ({ endpoint }) => console.log(endpoint),
  (error) => {
    console.log(error.message);
    process.exitCode = 1;
  },
);
`;

/** A folder for a test, with the program and a data directory. */
export class ServerFolder {
  readonly #path = mkdtempSync(join(tmpdir(), 'server-process-'));
  readonly dataDirectory = join(this.#path, 'data');

  constructor() {
    const source = join(this.#path, 'program.mjs');
    writeFileSync(source, PROGRAM);
    const options = ['--bundle', '--platform=node', '--log-level=error', `--outfile=${this.#program}`];
    execFileSync(join(root, 'node_modules/.bin/esbuild'), [source, ...options]);
  }

  get #program(): string {
    return join(this.#path, 'program.cjs');
  }

  start(): Promise<ServerProcess> {
    const child = spawn(process.execPath, [this.#program], {
      env: { ...process.env, DATA_DIRECTORY: this.dataDirectory },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new Promise((resolve) => {
      child.stdout
        .setEncoding('utf8')
        .once('data', (line: string) => resolve(new ServerProcess(child, line.trim())));
    });
  }

  remove(): void {
    rmSync(this.#path, { recursive: true });
  }
}

/** A local server in a process of its own. */
export class ServerProcess {
  /** The endpoint, or the error. */
  readonly line: string;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess, line: string) {
    this.#child = child;
    this.line = line;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  kill(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return Promise.resolve();
    const ended = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.kill('SIGKILL');
    return ended;
  }
}
