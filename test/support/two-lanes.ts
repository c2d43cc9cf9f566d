import dns from 'node:dns';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { directPort } from '../../runtime/direct/direct-port.js';
import { sdkPort } from '../../runtime/sdk/sdk-port.js';
import type { Credentials } from '../../runtime/send/held-credentials.js';
import type { LogsPort } from '../../runtime/send/port.js';

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a server says; `date` is a header that Node.js adds itself unless it is given. */
export interface ScriptedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface LaneSurroundings {
  readonly region: string;
  readonly credentials: Credentials;
  /** Without a port. @default '127.0.0.1' */
  readonly host?: string;
  /** @default '' */
  readonly path?: string;
}

/** Ports of both kinds, in the same surroundings. */
export interface Lanes {
  readonly direct: LogsPort;
  readonly sdk: LogsPort;
  /** Dates of answers, as the ports gave them. */
  readonly dates: { readonly direct: number[]; readonly sdk: number[] };
  close(): void;
}

export const OK: ScriptedAnswer = { status: 200, headers: { 'x-amzn-requestid': 'r' }, body: '{}' };

/**
 * A server that notes what arrives and answers as it is told. Every name that is not that of this machine leads to it, too: give its
 * port.
 */
export class AnsweringServer {
  readonly seen: SeenRequest[] = [];
  /** What it answers to each request, or who decides it when one has arrived. */
  answer: ScriptedAnswer | (() => ScriptedAnswer) = OK;
  readonly #server: Server;
  readonly #environment = process.env;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const { method = '', url = '', headers } = request;
      this.seen.push({ method, url, headers, body: await buffer(request) });
      const {
        status,
        headers: answered,
        body,
      } = typeof this.answer === 'function' ? this.answer() : this.answer;
      response.writeHead(status, answered).end(body);
    });
  }

  static async open(): Promise<AnsweringServer> {
    const server = new AnsweringServer();
    await new Promise<void>((resolve) => server.#server.listen(0, resolve));
    jest.spyOn(dns, 'lookup').mockImplementation(((_: string, options: { all?: boolean }, found: Found) => {
      const [address, family] = ['127.0.0.1', 4];
      if (options.all) found(null, [{ address, family }]);
      else found(null, address, family);
    }) as typeof dns.lookup);
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Both find the credentials in the same variables. */
  lanes({ region, credentials, host = '127.0.0.1', path = '' }: LaneSurroundings): Lanes {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    process.env = {
      ...this.#environment,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken ? { AWS_SESSION_TOKEN: sessionToken } : {}),
    };
    const endpointUrl = `http://${host}:${this.port}${path}`;
    const settings = { region, endpointUrl, requestTimeoutSeconds: 15 };
    const dates: Lanes['dates'] = { direct: [], sdk: [] };
    const way = { region, endpoint: new URL(endpointUrl), credentials: async () => credentials };
    const direct = directPort(way, { settings, onServiceDate: (dateMs) => dates.direct.push(dateMs) });
    const sdk = sdkPort({ settings, onServiceDate: (dateMs) => dates.sdk.push(dateMs) });
    const close = (): void => [direct, sdk].forEach((port) => port.close());
    return { direct, sdk, dates, close };
  }

  async close(): Promise<void> {
    process.env = this.#environment;
    jest.restoreAllMocks();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

type Found = (error: null, address: string | dns.LookupAddress[], family?: number) => void;
