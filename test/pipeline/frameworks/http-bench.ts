import type { AddressInfo, Server } from 'node:net';
import { getLogger } from '../../../runtime/logger/get-logger.js';
import type { Logger } from '../../../runtime/logger/logger.js';
import { Settings } from '../../../runtime/settings/settings.js';
import { SinkBench } from '../../support/sink-against-server.js';

/** What a client sends, and nobody may read in a log; and how a browser calls itself. */
export const HEADERS = {
  authorization: 'Bearer s3cr3t.bearer',
  cookie: 'sid=s3cr3t-sid',
  'x-api-key': 's3cr3t-key',
  'proxy-authorization': 'Basic s3cr3t-proxy',
  'x-amz-security-token': 's3cr3t-token',
  'user-agent': `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 ${'(KHTML, like Gecko) '.repeat(10)}`,
};

/** The same for what a server answers. */
export const SET_COOKIE = ['sid=s3cr3t-session; HttpOnly', 'theme=s3cr3t-theme'];

/** Neither the values nor the names of these headers. */
const SECRET = /s3cr3t|authorization|cookie|api-key|security-token/i;

/** The longest line that a framework may make of a request. */
export const MAX_LINE_BYTES = 400;

/** A server for log events, and loggers whose lines are delivered to it and read back. */
export class HttpBench {
  readonly #bench: SinkBench;

  private constructor(bench: SinkBench) {
    this.#bench = bench;
  }

  static async start(): Promise<HttpBench> {
    return new HttpBench(await SinkBench.start());
  }

  /** The lines that are stored of what `work` logs. */
  async stored(enabled: boolean, work: (logger: Logger) => Promise<unknown>): Promise<string[]> {
    const target = this.#bench.newTarget();
    const settings = new Settings({ core: { enrich: false }, redaction: { enabled } }, { env: {} });
    const logger = getLogger({ settings, sinks: [this.#bench.sink(target)] });
    await work(logger);
    const { accepted, delivered } = await logger.close();
    const stored = await this.#bench.stored(target);
    if (accepted !== delivered || stored.length !== accepted) throw new Error('a record was not delivered');
    return stored.map(({ message = '' }) => message);
  }

  stop(): Promise<void> {
    return this.#bench.stop();
  }
}

/** Those with a credential in them, which should be none. */
export function leaking(lines: readonly string[]): string[] {
  return lines.filter((line) => SECRET.test(line));
}

/** Those that are too long. */
export function tooLong(lines: readonly string[]): string[] {
  return lines.filter((line) => Buffer.byteLength(line) >= MAX_LINE_BYTES);
}

/** Lines without what differs from run to run: times, ports, and where in the code an error arose. */
export function normal(lines: readonly string[]): string[] {
  return lines.map((line) =>
    line
      .replace(/"timestamp":"[^"]*"/, '"timestamp":"TIME"')
      .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
      .replaceAll(/"(remotePort|port)":\d+/g, '"$1":0')
      .replaceAll(/"responseTime":[\d.]+/g, '"responseTime":0')
      .replaceAll(/"stack":"([^"\\]*)(\\n +at [^"]*)"/g, '"stack":"$1…"'),
  );
}

/** The same, read: their message and fields. */
export function told(lines: readonly string[]): object[] {
  return normal(lines).map((line) => {
    const { timestamp: _, level: __, ...rest } = JSON.parse(line) as Record<string, unknown>;
    return rest;
  });
}

/** Calls a path of a server, as a client with credentials does, and reads the answer. */
export async function call(url: string): Promise<void> {
  await (await fetch(url, { headers: HEADERS })).text();
}

/** Runs `work` while the server listens, and ends once all of its requests have ended. */
export async function serving(server: Server, work: (url: string) => Promise<unknown>): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
