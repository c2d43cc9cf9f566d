import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CERTIFICATE } from './certificate.js';

const HOST = '127.0.0.1';
const LOGIN = `Basic ${Buffer.from('user:sesame').toString('base64')}`;

/** An HTTP proxy that wants a login and opens tunnels, in a network where nothing leads anywhere else: see {@link TlsFront}. */
export class ConnectProxy {
  /** What clients wanted to reach, and whether they were let through. */
  readonly asked: { readonly target: string; readonly isLetThrough: boolean }[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((request, response) => {
      this.asked.push({ target: request.url ?? '', isLetThrough: false });
      response.writeHead(403).end();
    });
    this.#server.on('connect', (request, client: Socket) => this.#tunnel(request, client));
    this.#server.on('connection', (socket) => this.#keep(socket));
  }

  static async open(): Promise<ConnectProxy> {
    const proxy = new ConnectProxy();
    await new Promise<void>((resolve) => proxy.#server.listen(0, HOST, resolve));
    return proxy;
  }

  /** With the login that it wants, or another. */
  url(password = 'sesame'): string {
    return `http://user:${password}@${HOST}:${(this.#server.address() as AddressInfo).port}`;
  }

  #tunnel({ url = '', headers }: IncomingMessage, client: Socket): void {
    const isLetThrough = headers['proxy-authorization'] === LOGIN;
    this.asked.push({ target: url, isLetThrough });
    client.on('error', () => undefined);
    if (!isLetThrough)
      return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    const upstream = connect({ host: HOST, port: Number(url.split(':')[1]) });
    this.#keep(upstream);
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    client.pipe(upstream).pipe(client);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Speaks TLS before a server that speaks HTTP. */
export class TlsFront {
  readonly #server: ReturnType<typeof createTlsServer>;
  readonly #folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  readonly #sockets = new Set<Socket>();

  private constructor(upstream: string) {
    const port = Number(new URL(upstream).port);
    writeFileSync(this.certificateFile, CERTIFICATE.cert);
    this.#server = createTlsServer(CERTIFICATE, (client) => {
      const server = connect({ host: HOST, port });
      for (const [socket, other] of [
        [client, server],
        [server, client],
      ] as const) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
    this.#server.on('tlsClientError', () => undefined);
  }

  /** @param upstream the endpoint behind it, such as `http://127.0.0.1:4566` */
  static async before(upstream: string): Promise<TlsFront> {
    const front = new TlsFront(upstream);
    await new Promise<void>((resolve) => front.#server.listen(0, HOST, resolve));
    return front;
  }

  /** What NODE_EXTRA_CA_CERTS is to name. */
  get certificateFile(): string {
    return join(this.#folder, 'certificate.pem');
  }

  get host(): string {
    return `localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    rmSync(this.#folder, { recursive: true });
  }
}
