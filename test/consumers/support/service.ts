import type { ChildProcess } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Consumer, Ended, RunOptions } from './consumer.js';

const ADDRESS = /http:\/\/[\w.]+:\d+/;

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A service of a consumer: a program that says its address once it listens, and ends by SIGTERM. */
export class Service {
  readonly #child: ChildProcess;
  readonly #output = { stdout: '', stderr: '' };
  readonly #ended: Promise<Ended>;
  #url = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.#output.stdout += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#output.stderr += text));
    this.#ended = new Promise((resolve) => {
      child.once('close', (code, signal) => resolve({ by: signal ?? code ?? -1, ...this.#output }));
    });
  }

  /** @param args of Node.js */
  static async start(consumer: Consumer, args: readonly string[], options: RunOptions): Promise<Service> {
    const service = new Service(consumer.start(args, options));
    await service.#listening();
    return service;
  }

  /** Starts what the script `start` of package.json says, without npm between the signal and the program. */
  static startScript(consumer: Consumer, options: RunOptions): Promise<Service> {
    const { scripts } = JSON.parse(consumer.read('package.json')) as { scripts: { start: string } };
    const [program = '', ...args] = scripts.start.split(' ');
    const command =
      program === 'node' ? [] : [realpathSync(join(consumer.path, 'node_modules/.bin', program))];
    return Service.start(consumer, [...command, ...args], options);
  }

  async call(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const response = await fetch(this.#url + path, { headers: { connection: 'close', ...headers } });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  }

  /** Sends SIGTERM to the process that was started, as a host does. */
  stop(): Promise<Ended> {
    this.#child.kill('SIGTERM');
    return this.#ended;
  }

  async #listening(): Promise<void> {
    const address = new Promise<string>((resolve) => {
      this.#child.stdout!.on('data', () => {
        const [url] = ADDRESS.exec(this.#output.stdout) ?? [];
        if (url !== undefined) resolve(url);
      });
    });
    const ended = this.#ended.then((end) => {
      throw new Error(`the service ended: ${JSON.stringify(end)}`);
    });
    this.#url = (await Promise.race([address, ended])).replace('0.0.0.0', '127.0.0.1');
    ended.catch(() => undefined);
  }
}
