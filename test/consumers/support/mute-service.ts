import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A service that takes connections and never says a word. */
export class MuteService {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  #taken = 0;

  private constructor(server: Server) {
    this.#server = server.on('connection', (socket) => {
      this.#taken++;
      this.#open.add(socket.on('error', () => undefined).on('close', () => this.#open.delete(socket)));
    });
  }

  static async start(): Promise<MuteService> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new MuteService(server);
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The connections that were made to it so far. */
  get connections(): number {
    return this.#taken;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#open) socket.destroy();
  }
}
