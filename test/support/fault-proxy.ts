import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** What happens to one exchange: a request and its answer. */
export type ProxyMode =
  | { readonly kind: 'pass' }
  /** Each piece of the request, of the answer, waits this long. */
  | { readonly kind: 'delay'; readonly requestMs?: number; readonly answerMs?: number }
  /** The connection is reset before any of the request has been read by the service. */
  | { readonly kind: 'resetBefore' }
  /** The service has read the request and answered; the answer is withheld and the connection reset. */
  | { readonly kind: 'resetAfter' }
  /** The answer is cut in the middle of its head, and the connection is closed. */
  | { readonly kind: 'halfHead' }
  /** The answer is cut in the middle of its body, and the connection is closed. */
  | { readonly kind: 'halfBody' }
  /** The request is swallowed and nothing is ever answered. */
  | { readonly kind: 'silence' };

/** An exchange that passed here. */
export interface Exchange {
  readonly mode: ProxyMode['kind'];
  /** Number of the connection, from 1. */
  readonly connection: number;
  /** Number of the exchange on its connection, from 1: above 1, the connection was kept alive and used again. */
  readonly position: number;
}

const HOST = '127.0.0.1';

/** Modes after which the service has the events, and the sink cannot know. */
const IN_DOUBT: ReadonlySet<ProxyMode['kind']> = new Set(['resetAfter', 'halfHead', 'halfBody']);

/**
 * Stands before a server and breaks connections as a network does, below HTTP. A request begins with the first bytes
 * from the client after an answer, which is right for clients that do not pipeline; so a fault also hits in the middle
 * of a connection that is kept alive.
 */
export class FaultProxy {
  /** What happens to exchanges that no script covers. */
  mode: ProxyMode = { kind: 'pass' };
  readonly exchanges: Exchange[] = [];
  /** Request ids of the answers that the client did not get whole. */
  readonly withheld = new Set<string>();
  readonly #upstreamPort: number;
  readonly #sockets = new Set<Socket>();
  #script: ProxyMode[] = [];
  #connections = 0;
  #server: Server | undefined;
  #port = 0;

  private constructor(upstreamPort: number) {
    this.#upstreamPort = upstreamPort;
  }

  /** @param upstream the endpoint behind it, such as `http://127.0.0.1:4566` */
  static async before(upstream: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(Number(new URL(upstream).port));
    await proxy.accept();
    return proxy;
  }

  get endpoint(): string {
    return `http://${HOST}:${this.#port}`;
  }

  /** Exchanges after which the service had the events, and the client did not hear of it. */
  get inDoubt(): number {
    return this.exchanges.filter(({ mode }) => IN_DOUBT.has(mode)).length;
  }

  /** What happens to the next exchanges, in the order of their beginning; after that, `mode` rules again. */
  script(...kinds: readonly (ProxyMode | ProxyMode['kind'])[]): void {
    this.#script.push(...kinds.map((kind) => (typeof kind === 'string' ? { kind } : kind)));
  }

  /** Forgets what is left of the script. */
  clear(): void {
    this.#script = [];
  }

  /** Closes the port and every connection: from now on, connections are refused. */
  async refuse(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** Opens the port, the same one as before. */
  async accept(): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (client) => this.#join(client));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, HOST, resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return this.refuse();
  }

  #join(client: Socket): void {
    const connection = ++this.#connections;
    const upstream = connect({ port: this.#upstreamPort, host: HOST });
    const link = new Link(client, upstream, {
      begin: (position) => this.#begin(connection, position),
      withhold: (answer) => this.#withhold(answer),
    });
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.once('close', () => {
        this.#sockets.delete(socket);
        link.end();
      });
    }
  }

  #begin(connection: number, position: number): ProxyMode {
    const mode = this.#script.shift() ?? this.mode;
    this.exchanges.push({ mode: mode.kind, connection, position });
    return mode;
  }

  #withhold(answer: Buffer): void {
    const requestId = /^x-amzn-requestid: (\S+)/im.exec(answer.toString('latin1'))?.[1];
    if (requestId) this.withheld.add(requestId);
  }
}

/** What a link asks its proxy, and tells it. */
interface LinkHooks {
  readonly begin: (position: number) => ProxyMode;
  readonly withhold: (answer: Buffer) => void;
}

/** One client's connection and its continuation to the service. */
class Link {
  readonly #client: Socket;
  readonly #upstream: Socket;
  readonly #hooks: LinkHooks;
  readonly #timers = new Set<NodeJS.Timeout>();
  #mode: ProxyMode = { kind: 'pass' };
  #position = 0;
  #isAnswered = true;

  constructor(client: Socket, upstream: Socket, hooks: LinkHooks) {
    this.#client = client;
    this.#upstream = upstream;
    this.#hooks = hooks;
    client.on('data', (bytes) => this.#request(bytes));
    upstream.on('data', (bytes) => this.#answer(bytes));
    client.on('end', () => upstream.end());
    upstream.on('end', () => client.end());
    // A broken connection is what this is for; `close` follows.
    client.on('error', () => undefined);
    upstream.on('error', () => undefined);
  }

  /** One side is gone: so is the other, and whatever was still on its way. */
  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#client.destroy();
    this.#upstream.destroy();
  }

  #request(bytes: Buffer): void {
    if (this.#isAnswered) {
      this.#mode = this.#hooks.begin(++this.#position);
      this.#isAnswered = false;
    }
    const mode = this.#mode;
    if (mode.kind === 'silence') return;
    if (mode.kind === 'resetBefore') this.#reset();
    else this.#forward(this.#upstream, bytes, mode.kind === 'delay' ? mode.requestMs : undefined);
  }

  #answer(bytes: Buffer): void {
    this.#isAnswered = true;
    const mode = this.#mode;
    if (IN_DOUBT.has(mode.kind)) this.#hooks.withhold(bytes);
    switch (mode.kind) {
      case 'resetAfter':
        return this.#reset();
      case 'halfHead':
        return void this.#client.end(bytes.subarray(0, bytes.indexOf('\r\n\r\n') >> 1));
      case 'halfBody':
        return void this.#client.end(bytes.subarray(0, middleOfBody(bytes)));
      default:
        return this.#forward(this.#client, bytes, mode.kind === 'delay' ? mode.answerMs : undefined);
    }
  }

  #forward(to: Socket, bytes: Buffer, delayMs = 0): void {
    if (delayMs === 0) {
      to.write(bytes);
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      to.write(bytes);
    }, delayMs);
    this.#timers.add(timer);
  }

  #reset(): void {
    this.#client.resetAndDestroy();
    this.#upstream.destroy();
  }
}

/** At least one byte of the body is in, and at least one is missing. */
function middleOfBody(bytes: Buffer): number {
  const bodyStart = bytes.indexOf('\r\n\r\n') + 4;
  return bodyStart + Math.ceil((bytes.length - bodyStart) / 2);
}
