import { gunzipSync } from 'node:zlib';
import type { CallBody } from '../../runtime/send/compression.js';
import type { LogsPort, PutAnswer } from '../../runtime/send/port.js';

type Operation = 'putLogEvents' | 'createLogStream' | 'createLogGroup' | 'putRetentionPolicy';

/** What a call does: answers, fails with the error, or never ends unless it is aborted. */
export type Reply = 'ok' | 'hang' | PutAnswer | Error;

export const OK: PutAnswer = { requestId: 'r-1' };

export function errorNamed(name: string, members: object = {}): Error {
  return Object.assign(new Error(`this is ${name}`), { name }, members);
}

/** The four calls, scripted: each takes the next reply of its operation, and after the last one `ok`. */
export class FakePort implements LogsPort {
  /** Operations in the order in which they were called. */
  readonly calls: string[] = [];
  readonly bodies: CallBody[] = [];
  closes = 0;
  readonly #script: Partial<Record<Operation, Reply[]>>;

  constructor(script: Partial<Record<Operation, Reply[]>> = {}) {
    this.#script = script;
  }

  /** The messages of each put, decoded. */
  get messages(): string[][] {
    return this.bodies.map(({ bytes, encoding }) => {
      const text = (encoding === 'gzip' ? gunzipSync(bytes) : Buffer.from(bytes)).toString();
      const { logEvents } = JSON.parse(text) as { logEvents: { message: string }[] };
      return logEvents.map(({ message }) => message);
    });
  }

  putLogEvents(_target: unknown, body: CallBody, signal: AbortSignal): Promise<PutAnswer> {
    this.bodies.push(body);
    return this.#call('putLogEvents', signal);
  }

  async createLogStream(_target: unknown, signal: AbortSignal): Promise<void> {
    await this.#call('createLogStream', signal);
  }

  async createLogGroup(_target: unknown, signal: AbortSignal): Promise<void> {
    await this.#call('createLogGroup', signal);
  }

  async putRetentionPolicy(_target: unknown, days: number, signal: AbortSignal): Promise<void> {
    await this.#call('putRetentionPolicy', signal, ` ${days}`);
  }

  close(): void {
    this.closes++;
  }

  #call(operation: Operation, signal: AbortSignal, argument = ''): Promise<PutAnswer> {
    this.calls.push(operation + argument);
    const reply = this.#script[operation]?.shift() ?? 'ok';
    if (reply === 'ok') return Promise.resolve(OK);
    if (reply instanceof Error) return Promise.reject(reply);
    if (reply !== 'hang') return Promise.resolve(reply);
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(errorNamed('AbortError')), { once: true });
    });
  }
}
