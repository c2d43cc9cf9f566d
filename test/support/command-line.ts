import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './imports.js';

export interface Ended {
  /** The exit status, or the signal that ended it. */
  readonly by: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs: the built package's, so `npm run build` comes first. */
export class RunningCommand {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ended>;
  readonly #waiting = new Set<() => void>();
  #stdout = '';
  #stderr = '';

  /** Starts it in a process group of its own, as a shell does, so that signals can be sent as from a terminal. */
  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const program = join(root, 'dist/cli/main.js');
    this.#child = spawn(process.execPath, [program, ...args], {
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...env },
      detached: true,
    });
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => this.#add({ stdout: text }));
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => this.#add({ stderr: text }));
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        this.#wake();
        resolve({ by: signal ?? code ?? -1, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  /** Resolves with the match once it is in the output. Rejects if the command ends without it. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#stdout + this.#stderr);
      if (match !== null) return match;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(`ended without printing ${pattern.source}: ${this.#stdout}${this.#stderr}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** As the terminal does at Ctrl-C: every process of the group has it. */
  signalGroup(signal: NodeJS.Signals): void {
    process.kill(-this.#child.pid!, signal);
  }

  /** Reads no more of what it says, as `head` does. */
  leave(): void {
    this.#child.stdout!.destroy();
    this.#child.stderr!.destroy();
  }

  /** Writes to its input. Resolves once the pipe has taken it. */
  write(input: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => this.#child.stdin!.write(input, () => resolve()));
  }

  get pid(): number {
    return this.#child.pid!;
  }

  endInput(): void {
    this.#child.stdin!.end();
  }

  ended(): Promise<Ended> {
    return this.#ended;
  }

  /** Ends it if it runs still, after a test that failed. What it has started sees the end of its input. */
  kill(): void {
    this.#child.stdin!.destroy();
    this.#child.kill('SIGKILL');
  }

  #add({ stdout = '', stderr = '' }: { readonly stdout?: string; readonly stderr?: string }): void {
    this.#stdout += stdout;
    this.#stderr += stderr;
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
