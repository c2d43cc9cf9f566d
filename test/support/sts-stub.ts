import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An AssumeRole call as it arrived. */
export interface AssumeRoleCall {
  readonly params: Readonly<Record<string, string>>;
  /** Whose credentials signed it. */
  readonly accessKeyId: string;
  /** For which Region they signed it. */
  readonly region: string;
}

/** What the stub answers; `hang` never. */
export type StsAnswer =
  | { readonly kind: 'credentials'; readonly lifetimeMs: number }
  | { readonly kind: 'error'; readonly status: number; readonly code: string }
  | { readonly kind: 'hang' };

const HOUR_MS = 3_600_000;
const MAX_SKEW_MS = 900_000;

/** STS, as far as AssumeRole in its Query protocol: the credentials that it hands out are ASSUMED1, ASSUMED2, … */
export class StsStub {
  readonly calls: AssumeRoleCall[] = [];
  /** How far its clock is ahead. From 15 minutes on it refuses signatures. */
  aheadMs = 0;
  readonly #server: Server;
  readonly #script: StsAnswer[] = [];
  #handedOut = 0;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<StsStub> {
    const stub = new StsStub();
    await new Promise<void>((resolve) => stub.#server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next answers; after them, credentials for an hour. */
  answer(...answers: StsAnswer[]): void {
    this.#script.push(...answers);
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.calls.push(callOf(request, await textOf(request)));
    response.setHeader('date', new Date(this.#nowMs).toUTCString());
    const refusal = this.#refusalOf(signingTimeOf(request));
    if (refusal) return void response.writeHead(403, { 'content-type': 'text/xml' }).end(refusal);
    const answer = this.#script.shift() ?? { kind: 'credentials', lifetimeMs: HOUR_MS };
    if (answer.kind === 'hang') return;
    const [status, xml] = this.#reply(answer);
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  }

  get #nowMs(): number {
    return Date.now() + this.aheadMs;
  }

  #refusalOf(signedMs: number): string | undefined {
    if (Math.abs(signedMs - this.#nowMs) < MAX_SKEW_MS) return undefined;
    const [signed, earliest, now] = [signedMs, this.#nowMs - MAX_SKEW_MS, this.#nowMs].map(basicTime);
    return errorXml(
      'SignatureDoesNotMatch',
      `Signature expired: ${signed} is now earlier than ${earliest} (${now} - 15 min.)`,
    );
  }

  #reply(answer: Exclude<StsAnswer, { kind: 'hang' }>): [number, string] {
    if (answer.kind === 'error') return [answer.status, errorXml(answer.code, 'no')];
    const expiration = new Date(this.#nowMs + answer.lifetimeMs).toISOString();
    const credentials =
      `<AccessKeyId>ASSUMED${++this.#handedOut}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>` +
      `<SessionToken>token</SessionToken><Expiration>${expiration}</Expiration>`;
    const result = `<AssumeRoleResult><Credentials>${credentials}</Credentials></AssumeRoleResult>`;
    return [
      200,
      `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</AssumeRoleResponse>`,
    ];
  }
}

function errorXml(code: string, message: string): string {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return `<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`;
}

/** As 20261128T120000Z. */
function basicTime(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

function signingTimeOf({ headers }: IncomingMessage): number {
  const signed = String(headers['x-amz-date']);
  return Date.parse(signed.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

function callOf({ headers }: IncomingMessage, body: string): AssumeRoleCall {
  const [, accessKeyId = '', region = ''] =
    /Credential=([^/]+)\/\d+\/([^/]+)\/sts\//.exec(headers.authorization ?? '') ?? [];
  return { params: Object.fromEntries(new URLSearchParams(body)), accessKeyId, region };
}
