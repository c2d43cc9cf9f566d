import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import type { DeliveryStage } from './delivery-stage.js';
import { root } from './imports.js';
import { poll } from './poll.js';
import { divertedIds, storedIds } from './programs.js';

/** After which a call without an answer has failed. */
const TIMEOUT_SECONDS = 2;

/** How long the process stands still: much longer. */
export const STALL_MS = 3_500;

const PROGRAM = join(root, 'test/pipeline/programs/stalls.mjs');

type Act = 'log' | 'flush' | 'block' | 'close' | 'exit';

/** What the process left behind. */
export interface StallFindings {
  readonly account: DeliveryReport;
  readonly said: readonly string[];
  /** Numbers of the events that are stored, and of those on stderr. */
  readonly stored: readonly number[];
  readonly diverted: readonly number[];
  readonly stderr: readonly string[];
  readonly puts: number;
}

/** A real process whose sink delivers to a real server. */
export class StallingProgram {
  readonly #stage: DeliveryStage;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';

  private constructor(stage: DeliveryStage, env: Readonly<Record<string, string>>) {
    this.#stage = stage;
    this.#child = fork(PROGRAM, {
      silent: true,
      execArgv: [],
      env: {
        ...process.env,
        SERVICE_URL: stage.service.endpoint,
        TELL_ACCOUNT: 'yes',
        FAPILOG_CLOUDWATCH__REQUEST_TIMEOUT_SECONDS: String(TIMEOUT_SECONDS),
        FAPILOG_CLOUDWATCH__BATCH_SIZE: '10',
        ...env,
      },
    });
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text));
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
  }

  /** One call has been made already: the SDK is loaded, and a connection is there. */
  static async start(
    stage: DeliveryStage,
    env: Readonly<Record<string, string>> = {},
  ): Promise<StallingProgram> {
    const program = new StallingProgram(stage, env);
    await program.#hears('ready');
    await program.does('log', 1);
    await program.does('flush');
    return program;
  }

  ask(act: Act, value?: number): void {
    this.#child.send({ act, value });
  }

  async does(act: Act, value?: number): Promise<void> {
    const done = this.#hears(act);
    this.ask(act, value);
    await done;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves once the server has read so many calls that it has not answered. */
  async hasInFlight(count: number): Promise<void> {
    await poll(`${count} call(s) under way`, () => {
      const calls = this.#stage.puts.filter(({ settledAtMs }) => settledAtMs === Infinity);
      return calls.length === count || undefined;
    });
  }

  /** Waits for the end of the process. */
  async findings(): Promise<StallFindings> {
    if (this.#child.exitCode === null) await once(this.#child, 'close');
    const lines = this.#stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { account?: DeliveryReport; code?: string });
    return {
      account: lines.find(({ account }) => account)!.account!,
      said: lines.flatMap(({ code }) => code ?? []),
      stored: await storedIds(this.#stage),
      diverted: divertedIds(this.#stderr),
      stderr: this.#stderr === '' ? [] : [this.#stderr],
      puts: this.#stage.puts.length,
    };
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async #hears(message: string): Promise<void> {
    for (;;) {
      const [heard] = (await once(this.#child, 'message')) as [string];
      if (heard === message) return;
    }
  }
}

/** The ways to stand still. */
export const STALLS: readonly [string, (program: StallingProgram) => Promise<void>][] = [
  ['a blocking computation', async (program) => program.does('block', STALL_MS)],
  [
    'SIGSTOP and SIGCONT',
    async (program) => {
      program.signal('SIGSTOP');
      await sleep(STALL_MS);
      program.signal('SIGCONT');
    },
  ],
];
