import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A call as it was on the wire. */
export interface RecordedCall {
  /** As a policy names it, such as `logs:PutLogEvents`. */
  readonly action: string;
  /** ARN of the log stream. */
  readonly resource: string;
  /** Whose credentials signed it. */
  readonly accessKeyId: string;
  readonly isCompressed: boolean;
  readonly status: number;
}

/** Stands between a writer and CloudWatch Logs, passes everything on, and writes down who called what on which log stream. */
export class CallRecorder {
  readonly calls: RecordedCall[] = [];
  readonly #upstream: string;
  readonly #accountId: string;
  readonly #server: Server;

  private constructor(upstream: string, accountId: string) {
    this.#upstream = upstream;
    this.#accountId = accountId;
    this.#server = createServer((request, response) => {
      this.#pass(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  static async before(upstream: string, accountId: string): Promise<CallRecorder> {
    const recorder = new CallRecorder(upstream, accountId);
    await new Promise<void>((resolve) => recorder.#server.listen(0, '127.0.0.1', resolve));
    return recorder;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const answer = await fetch(this.#upstream + request.url!, {
      method: request.method!,
      headers: headers as Record<string, string>,
      body: new Uint8Array(body),
    });
    this.calls.push(this.#read(request, body, answer.status));
    const {
      'content-encoding': ____,
      'transfer-encoding': _____,
      ...kept
    } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, kept).end(Buffer.from(await answer.arrayBuffer()));
  }

  #read({ headers }: IncomingMessage, body: Buffer, status: number): RecordedCall {
    const [, accessKeyId = '', region = ''] =
      /Credential=([^/]+)\/\d+\/([^/]+)\/logs\//.exec(headers.authorization ?? '') ?? [];
    const isCompressed = headers['content-encoding'] === 'gzip';
    const { logGroupName, logStreamName } = JSON.parse(
      (isCompressed ? gunzipSync(body) : body).toString(),
    ) as Record<string, string>;
    const operation = String(headers['x-amz-target']).replace(/^Logs_20140328\./, '');
    return {
      action: `logs:${operation}`,
      resource: `arn:aws:logs:${region}:${this.#accountId}:log-group:${logGroupName}:log-stream:${logStreamName}`,
      accessKeyId,
      isCompressed,
      status,
    };
  }
}
