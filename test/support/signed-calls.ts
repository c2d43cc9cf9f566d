import http, { type RequestOptions } from 'node:http';
import https from 'node:https';

/** Where a call goes, and who signs it for which Region. */
export interface SignedCall {
  /** With a slash at its end. */
  readonly url: string;
  readonly accessKeyId: string | undefined;
  readonly region: string | undefined;
  readonly sessionToken: string | undefined;
}

type Request = typeof http.request;

/** Where nothing listens. */
const NOBODY = { host: '127.0.0.1', port: 1 };

/**
 * Lets no call to the service leave the process, and notes it. Other requests, which ask for credentials, pass; those to the address
 * where ECS hands them out are asked of `containers`. It has to be made before anybody loads `node:http`.
 */
export class SignedCalls {
  containers = '';
  readonly #seen: SignedCall[] = [];

  constructor() {
    for (const [module, protocol] of [[http, 'http:'] as const, [https, 'https:'] as const]) {
      const pass = module.request.bind(module);
      jest.spyOn(module, 'request').mockImplementation(((options: RequestOptions, ...rest: never[]) => {
        const signed = signedCallOf(protocol, options);
        if (signed) this.#seen.push(signed);
        return pass(signed ? { ...options, ...NOBODY } : this.#led(options), ...rest);
      }) as Request);
    }
  }

  /** The only call that this work makes; `undefined` if it makes none. */
  async of(work: () => Promise<unknown>): Promise<SignedCall | undefined> {
    this.#seen.length = 0;
    await work().catch(() => undefined);
    return this.#seen[0];
  }

  #led(options: RequestOptions): RequestOptions {
    if (!String(options.hostname ?? options.host).startsWith('169.254.170.2')) return options;
    const { hostname, port } = new URL(this.containers);
    return { ...options, host: hostname, hostname, port };
  }
}

function signedCallOf(
  protocol: string,
  { host, port, path, headers }: RequestOptions,
): SignedCall | undefined {
  const { authorization, 'x-amz-security-token': sessionToken } = headers as Record<
    string,
    string | undefined
  >;
  const [, accessKeyId, region] = /Credential=([^/]*)\/\d+\/([^/]*)\/logs\//.exec(authorization ?? '') ?? [];
  if (accessKeyId === undefined) return undefined;
  const name = String(host).includes(':') ? `[${host}]` : host;
  const { href } = new URL(`${protocol}//${name}${port ? `:${port}` : ''}${path}`);
  return { url: href, accessKeyId, region, sessionToken };
}
