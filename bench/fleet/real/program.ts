import { fork, type ChildProcess } from 'node:child_process';
import { environment } from '../../child/run-child.js';

/** The end of its output that a program which fails is reported with. */
const MAX_OUTPUT = 2_000;

/** A program in a process of its own, which speaks by messages. */
export class Program {
  readonly #path: string;
  readonly #child: ChildProcess;
  readonly #messages: unknown[] = [];
  readonly #exited: Promise<void>;
  #hear: (() => void) | undefined;
  #output = '';
  #end: string | undefined;

  /** @param argument what the program finds as its first argument: text, or else its JSON */
  constructor(path: string, argument: unknown) {
    this.#path = path;
    const text = typeof argument === 'string' ? argument : JSON.stringify(argument);
    const child = fork(path, [text], { env: environment(''), silent: true, execArgv: [] });
    this.#child = child;
    child.stderr!.setEncoding('utf8').on('data', (part: string) => {
      this.#output = (this.#output + part).slice(-MAX_OUTPUT);
    });
    child.stdout!.resume();
    child.on('message', (message) => {
      this.#messages.push(message);
      this.#hear?.();
    });
    this.#exited = new Promise((resolve) => {
      const ended = (how: string): void => {
        this.#end ??= how;
        this.#hear?.();
        resolve();
      };
      child.once('error', (error) => ended(error.message));
      child.once('close', (code, signal) => ended(signal ?? `status ${code}`));
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  tell(message: object): void {
    this.#child.send(message);
  }

  /**
   * Resolves to the next message.
   *
   * @throws Error with the end of its output, if the program ends without one
   */
  async next<Message>(): Promise<Message> {
    while (this.#messages.length === 0) {
      if (this.#end !== undefined)
        throw new Error(`${this.#path} ended with ${this.#end} before it had a result: ${this.#output}`);
      await new Promise<void>((resolve) => (this.#hear = resolve));
    }
    return this.#messages.shift() as Message;
  }

  /** Ends it, if it has not ended. */
  async stop(): Promise<void> {
    if (this.#end === undefined) this.#child.kill('SIGKILL');
    await this.#exited;
  }
}
