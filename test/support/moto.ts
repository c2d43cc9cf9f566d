import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { poll } from './poll.js';
import { findProgram } from './tools.js';

/** The path of `moto_server`, for `describeWith`. */
export const motoCommand = findProgram('moto_server');

/** The Python that runs it, and so has boto3. */
export const motoPython = motoCommand === undefined ? undefined : pythonOf(motoCommand);

const START_DEADLINE_MS = 60_000;

/** A moto server of our own, on a port that it chose: AWS as far as moto knows it. */
export class Moto {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly #process: ChildProcess;

  private constructor(endpoint: string, process: ChildProcess) {
    this.endpoint = endpoint;
    this.#process = process;
  }

  /** @throws Error if there is no `moto_server`, or with its last words if it does not start. */
  static async start(): Promise<Moto> {
    if (motoCommand === undefined)
      throw new Error('moto_server is neither on PATH nor under .cache/: run npm run test:deploy');
    const child = spawn(motoCommand, ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (bytes) => (said += String(bytes)));
    const moto = await poll(
      'the start of moto_server',
      () => {
        if (child.exitCode !== null) throw new Error(`moto_server ended: ${said}`);
        const [, endpoint] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said) ?? [];
        return endpoint === undefined ? undefined : new Moto(endpoint, child);
      },
      START_DEADLINE_MS,
    ).catch((error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    });
    // Its log has a line for each request.
    child.stderr.removeAllListeners('data').resume();
    await moto.#untilItAnswers();
    return moto;
  }

  /** What a process needs to know to take it for AWS. */
  get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
    };
  }

  /** Forgets everything, as if just started. */
  async reset(): Promise<void> {
    await fetch(`${this.endpoint}/moto-api/reset`, { method: 'POST' });
  }

  /** Ends the process. A second call does nothing. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  async #untilItAnswers(): Promise<void> {
    const answers = async (): Promise<true | undefined> =>
      fetch(`${this.endpoint}/moto-api/data.json`).then(
        ({ ok }) => (ok ? true : undefined),
        () => undefined,
      );
    await poll('an answer of moto_server', answers, START_DEADLINE_MS);
  }
}

/** Such as `5.2.1`; asked from the Python that runs the server. */
export function motoVersion(): string {
  const program = "import importlib.metadata as m; print(m.version('moto'))";
  return execFileSync(motoPython ?? 'python3', ['-c', program], { encoding: 'utf8' }).trim();
}

/** The interpreter in a script's first line, else the one beside it, as pyenv has them. */
function pythonOf(script: string): string {
  const [, interpreter] = /^#!(\S*python\S*)/.exec(readFileSync(script, 'utf8')) ?? [];
  const beside = join(dirname(script), 'python3');
  return interpreter ?? (existsSync(beside) ? beside : 'python3');
}
