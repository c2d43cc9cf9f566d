import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Level } from '../../../contract/levels.js';
import { root } from '../../support/imports.js';

/** Nothing listens there. */
export const NOWHERE = 'http://127.0.0.1:1';

const FOLDER = join(root, 'test/pipeline/adapters');

/** A capability that a subject may lack, because the library before the adapter does. `subjects/` says why. */
export type Limit =
  | 'flush'
  | 'time'
  | 'request'
  | 'fields'
  | 'values'
  | 'error cause'
  | 'error members'
  | 'lone surrogates'
  | 'sibling'
  | 'after close'
  | 'name __proto__'
  | 'exit'
  | 'exit listener'
  | 'signals';

/** What a subject says of itself. */
export interface Facts {
  readonly title: string;
  readonly levels: readonly Level[];
  readonly limits: Readonly<Partial<Record<Limit, string>>>;
  readonly has: readonly string[];
}

/** A stored event as its subject reads it. */
export interface Shown {
  readonly timeMs: number;
  readonly level: Level;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The event as it is stored. */
  readonly line: string;
}

/** Names of all subjects, one for each published version of a library. */
export const subjectNames: readonly string[] = readdirSync(join(FOLDER, 'subjects'))
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length))
  .filter((name) => isChosen(name))
  .toSorted();

/** `SUBJECTS=winston-3,pino-10 npx jest test/pipeline/adapters` plays these only. */
function isChosen(name: string): boolean {
  const chosen = process.env['SUBJECTS'];
  return chosen === undefined || chosen.split(',').includes(name);
}

export interface Ended<Result> {
  /** The exit status, or the signal that ended the process. */
  readonly by: number | NodeJS.Signals;
  /** The last result that it told; `undefined` if it was ended before. */
  readonly result: Result;
  readonly stderr: string;
}

export interface PlayOptions {
  readonly serviceUrl: string;
  /** Arguments of the scenario; `sink` has further options of the adapter. */
  readonly args?: object;
  /** @default - two minutes; a program that neither ends nor dies is a failure, and not one of the machine's load */
  readonly patienceMs?: number;
}

/** Plays a scenario to the end of its process. */
export async function play<Result>(
  subject: string,
  scenario: string,
  options: PlayOptions,
): Promise<Ended<Result>> {
  return new RunningSubject<Result>(subject, scenario, options).ended;
}

const known = new Map<string, Promise<Facts>>();

/** Asks once for each subject. */
export function factsOf(subject: string): Promise<Facts> {
  const facts = known.get(subject) ?? askForFacts(subject);
  known.set(subject, facts);
  return facts;
}

async function askForFacts(subject: string): Promise<Facts> {
  const { result, stderr } = await play<Facts>(subject, 'facts', { serviceUrl: NOWHERE });
  if (result === undefined) throw new Error(`${subject} cannot be opened: ${stderr}`);
  return result;
}

/** A scenario that is being played. */
export class RunningSubject<Result> {
  readonly ended: Promise<Ended<Result>>;
  isOver = false;
  readonly #child: ChildProcess;
  readonly #results: unknown[] = [];
  readonly #waiting: (() => void)[] = [];
  #stderr = '';

  constructor(
    subject: string,
    scenario: string,
    { serviceUrl, args = {}, patienceMs = 120_000 }: PlayOptions,
  ) {
    const command = [join(FOLDER, 'runner.mjs'), subject, scenario, JSON.stringify(args)];
    this.#child = spawn(process.execPath, command, {
      env: { ...process.env, ...CREDENTIALS, SERVICE_URL: serviceUrl },
    });
    // Whoever dies at once does not read what it is told.
    this.#child.stdin!.on('error', () => undefined);
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
    this.#readResults();
    this.ended = this.#end(patienceMs);
  }

  /** The next result that it tells; rejects if it ends without. */
  async next(): Promise<unknown> {
    while (this.#results.length === 0) {
      const told = new Promise<'told'>((resolve) => this.#waiting.push(() => resolve('told')));
      const first = await Promise.race([told, this.ended]);
      if (first !== 'told' && this.#results.length === 0)
        throw new Error(`it was ended by ${first.by}: ${first.stderr}`);
    }
    return this.#results.shift();
  }

  /** Lets the scenario go on. */
  go(): void {
    this.#child.stdin!.write('go\n');
  }

  /** Asks for a result, by a line. */
  ask(line = 'go'): Promise<unknown> {
    this.#child.stdin!.write(`${line}\n`);
    return this.next();
  }

  /** Tells it that no more lines come. */
  leave(): void {
    this.#child.stdin!.end();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #readResults(): void {
    let rest = '';
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop()!;
      const results = lines.filter((line) => line.startsWith('{"result":'));
      this.#results.push(...results.map((line) => (JSON.parse(line) as { result: unknown }).result));
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  #end(patienceMs: number): Promise<Ended<Result>> {
    const patience = setTimeout(() => this.kill(), patienceMs);
    return new Promise((resolve) => {
      this.#child.on('close', (code, signal) => {
        clearTimeout(patience);
        this.isOver = true;
        const result = this.#results.at(-1) as Result;
        resolve({ by: signal ?? code ?? -1, result, stderr: this.#stderr });
      });
    });
  }
}

/** The SDK finds these where it finds those of any process. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIDSINK',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** Events that went to stderr instead, with what they count there. */
export function divertedOf(stderr: string): { timestamp: number; message: string }[] {
  const lines = stderr.split('\n').filter((line) => line.startsWith('{"diverted"'));
  return lines.map((line) => JSON.parse(line) as { timestamp: number; message: string });
}
