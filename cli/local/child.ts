import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../failure.js';
import type { Variables } from './caller.js';

const PASSED_ON: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Within which a second signal is the echo of the first. Ctrl-C reaches this process from the terminal, and again from a
 * parent such as npm.
 */
const ECHO_MS = 100;

/** How long the sink takes for its last delivery at most, by default. */
const LAST_DELIVERY_MS = 10_000;

const LOOK_MS = 20;

const isWindows = process.platform === 'win32';

/**
 * Runs a command to its end, with this process's standard streams. Passes the first signal on to it, and to what it has
 * started; a second one kills all of them.
 *
 * @returns its exit status, as a shell has it: 128 and the signal's number if a signal ended it
 * @throws Failure with status 127 or 126 if it cannot be started
 */
export async function runCommand(
  [program = '', ...args]: readonly string[],
  env: Variables,
): Promise<number> {
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...env },
    // The terminal's Ctrl-C does not reach a process group of its own, but for what is passed on.
    detached: !isWindows,
    // There, `npm` is a batch file.
    shell: isWindows,
  });
  const signals = new SignalsToPass((signal) => send(child, signal));
  try {
    const status = await ended(child, program);
    if (signals.hasPassed && !isWindows) await groupEnded(child);
    return status;
  } finally {
    signals.stop();
  }
}

function ended(child: ChildProcess, program: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(notStarted(error, program)));
    child.once('exit', (code, signal) => {
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}

function notStarted({ code, message }: NodeJS.ErrnoException, program: string): Failure {
  if (code === 'ENOENT') return new Failure(`There is no command ${program}.`, 127);
  return new Failure(`${program} cannot be started: ${message}`, 126);
}

/**
 * Waits for what the command has started. At SIGTERM, npm and the shell between it and the program end at once, while the
 * program still delivers.
 */
async function groupEnded(child: ChildProcess): Promise<void> {
  const untilMs = performance.now() + LAST_DELIVERY_MS;
  while (send(child, 0) && performance.now() < untilMs) await delay(LOOK_MS);
}

/** Signals the process group of the command, as a terminal does. Returns whether anybody is in it. */
function send({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(isWindows ? pid : -pid, signal);
  } catch {
    return false;
  }
}

/** Listens to signals and passes the first one on, and SIGKILL for a second one. */
class SignalsToPass {
  readonly #send: (signal: NodeJS.Signals) => void;
  #firstAtMs: number | undefined;

  constructor(sendSignal: (signal: NodeJS.Signals) => void) {
    this.#send = sendSignal;
    for (const signal of PASSED_ON) process.on(signal, this.#pass);
  }

  get hasPassed(): boolean {
    return this.#firstAtMs !== undefined;
  }

  stop(): void {
    for (const signal of PASSED_ON) process.off(signal, this.#pass);
  }

  readonly #pass = (signal: NodeJS.Signals): void => {
    const nowMs = performance.now();
    if (this.#firstAtMs === undefined) this.#send(signal);
    else if (nowMs - this.#firstAtMs > ECHO_MS) this.#send('SIGKILL');
    this.#firstAtMs ??= nowMs;
  };
}
