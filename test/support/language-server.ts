import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './imports.js';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

interface Hover {
  readonly contents: { readonly value: string };
}

/** TypeScript's language server, which editors ask: https://microsoft.github.io/language-server-protocol. */
export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers = new Map<number, (result: unknown) => void>();
  #received: Buffer = Buffer.alloc(0);
  #calls = 0;

  private constructor() {
    this.#process = spawn(join(root, 'node_modules/.bin/tsc'), ['--lsp', '--stdio'], { cwd: root });
    this.#process.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
  }

  static async start(): Promise<LanguageServer> {
    const server = new LanguageServer();
    const capabilities = { textDocument: { hover: { contentFormat: ['markdown'] } } };
    await server.#ask('initialize', { processId: process.pid, rootUri: uriOf('.'), capabilities });
    server.#send({ method: 'initialized', params: {} });
    return server;
  }

  /** Opens a file with this text, as an editor does; the file need not exist. */
  open(path: string, text: string): void {
    const textDocument = { uri: uriOf(path), languageId: 'typescript', version: 1, text };
    this.#send({ method: 'textDocument/didOpen', params: { textDocument } });
  }

  /** The text that an editor shows when the pointer is at this place, both numbers from 0. */
  async hover(path: string, line: number, character: number): Promise<string> {
    const params = { textDocument: { uri: uriOf(path) }, position: { line, character } };
    const hover = (await this.#ask('textDocument/hover', params)) as Hover | null;
    return hover?.contents.value ?? '';
  }

  async stop(): Promise<void> {
    const gone = once(this.#process, 'exit');
    await this.#ask('shutdown');
    this.#send({ method: 'exit' });
    await gone;
  }

  async #ask(method: string, params?: object): Promise<unknown> {
    const id = ++this.#calls;
    const answer = new Promise<unknown>((resolve) => this.#answers.set(id, resolve));
    this.#send({ id, method, ...(params && { params }) });
    return answer;
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  /** A message is a header with the length of its body, a blank line, and the body. */
  #read(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const start = this.#received.indexOf('\r\n\r\n') + 4;
      const length = /Content-Length: (\d+)/i.exec(this.#received.toString('latin1', 0, start))?.[1];
      const end = start + Number(length);
      if (length === undefined || this.#received.length < end) return;
      const message = JSON.parse(this.#received.toString('utf8', start, end)) as Message;
      this.#received = this.#received.subarray(end);
      this.#take(message);
    }
  }

  #take({ id, method, result }: Message): void {
    if (id === undefined) return;
    if (method === undefined) this.#answers.get(id)?.(result);
    // The server asks for settings of the editor, which has none.
    else this.#send({ id, result: null });
  }
}

function uriOf(path: string): string {
  return pathToFileURL(join(root, path)).href;
}
