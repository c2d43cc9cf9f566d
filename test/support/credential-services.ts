import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const HOUR_MS = 3_600_000;

/**
 * STS, the SSO portal, the endpoint of a container and the metadata of an instance in one, as far as the AWS SDK asks them
 * for credentials. Keys and tokens are called `OLD` or `NEW`; the credentials of a role are called `ROLE_OF_` and the key or
 * token that they were given for. Once they have been used, STS and the portal refuse old ones.
 */
export class CredentialServices {
  /** Who was asked, and what they were shown. */
  readonly asked: string[] = [];
  readonly #server: Server;
  #isRotated = false;
  #hasServedOld = false;
  #silences = 0;

  private constructor(readonly lifeMs: number) {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** @param lifeMs how long the credentials live that it hands out */
  static async start(lifeMs = HOUR_MS): Promise<CredentialServices> {
    const services = new CredentialServices(lifeMs);
    await new Promise<void>((resolve) => services.#server.listen(0, '127.0.0.1', resolve));
    return services;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next of those who ask are never answered. */
  hang(times: number): void {
    this.#silences = times;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = new URLSearchParams(await textOf(request));
    const { pathname } = new URL(request.url ?? '/', this.endpoint);
    const own = this.#isRotated ? 'NEW' : 'OLD';
    if (pathname === '/rotate') this.#isRotated = true;
    else if (pathname === '/container') this.asked.push(`container ${own}`);
    if (this.#silences-- > 0) return;
    if (pathname === '/') return this.#sts(request, body, response);
    if (pathname === '/federation/credentials') return this.#portal(request, response);
    if (pathname.endsWith('/security-credentials/')) return void response.end('role');
    if (pathname.endsWith('/security-credentials/role')) this.asked.push(`instance ${own}`);
    response.end(
      pathname === '/latest/api/token' ? 'token' : JSON.stringify(plainCredentials(own, this.lifeMs)),
    );
  }

  #sts({ headers }: IncomingMessage, body: URLSearchParams, response: ServerResponse): void {
    const action = body.get('Action')!;
    const [, key = ''] = /Credential=([^/]+)/.exec(headers.authorization ?? '') ?? [];
    const shown = body.get('WebIdentityToken')?.trim() ?? key;
    this.asked.push(`${action} ${shown}`);
    if (this.#refuses(shown)) {
      const error =
        '<Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>no</Message></Error>';
      response.writeHead(403, { 'content-type': 'text/xml' });
      return void response.end(`<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`);
    }
    const expiration = new Date(Date.now() + this.lifeMs).toISOString();
    const credentials =
      `<Credentials><AccessKeyId>ROLE_OF_${shown}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>` +
      `<SessionToken>token</SessionToken><Expiration>${expiration}</Expiration></Credentials>`;
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(`<${action}Response><${action}Result>${credentials}</${action}Result></${action}Response>`);
  }

  #portal({ headers }: IncomingMessage, response: ServerResponse): void {
    const shown = String(headers['x-amz-sso_bearer_token']);
    this.asked.push(`portal ${shown}`);
    response.setHeader('content-type', 'application/json');
    if (this.#refuses(shown)) {
      response.writeHead(401, { 'x-amzn-errortype': 'UnauthorizedException' });
      return void response.end(JSON.stringify({ message: 'Session token not found or invalid' }));
    }
    const credentials = { accessKeyId: `ROLE_OF_${shown}`, secretAccessKey: 'secret', sessionToken: 'token' };
    response.end(
      JSON.stringify({ roleCredentials: { ...credentials, expiration: Date.now() + this.lifeMs } }),
    );
  }

  #refuses(shown: string): boolean {
    if (!shown.includes('OLD')) return false;
    if (this.#hasServedOld) return true;
    this.#hasServedOld = true;
    return false;
  }
}

function plainCredentials(AccessKeyId: string, lifeMs: number): object {
  const Expiration = new Date(Date.now() + lifeMs).toISOString();
  return { Code: 'Success', AccessKeyId, SecretAccessKey: 'secret', Token: 'token', Expiration };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
