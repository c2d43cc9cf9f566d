import type { ClientOptions } from '../send/client-options.js';
import { configuredEndpoint } from '../send/configured-endpoint.js';
import { messageOf } from '../send/verdict.js';

/** Where a call goes, in the words of the SDK. */
export interface Endpoint {
  readonly url: URL;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** As clients without rules for endpoints know it, and as clients with rules pass on one of their own. */
interface EndpointV1 {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path?: string | undefined;
}

type Provided<Value> = (() => Promise<Value>) | undefined;

/** What a client's configuration says of endpoints. */
export interface EndpointConfig {
  readonly region: () => Promise<string>;
  /** Before version 3.200 always there, since then for an endpoint of its own. */
  readonly endpoint?: Provided<EndpointV1 | { readonly url: URL }>;
  readonly useFipsEndpoint?: Provided<boolean>;
  readonly useDualstackEndpoint?: Provided<boolean>;
  /** That of the variables and files of the SDK. Not before version 3.600. */
  readonly serviceConfiguredEndpoint?: Provided<string | undefined>;
  endpointProvider?(parameters: object, context: object): Endpoint;
}

/**
 * Where a client sends a call: to its own endpoint, else to that of the sink's settings, else to that of the AWS tools' variables and
 * files, else to the service in its Region.
 *
 * @throws an error named RegionMissing
 */
export async function endpointFor(config: EndpointConfig, options: ClientOptions): Promise<Endpoint> {
  const region = await regionOf(config);
  const own = await config.endpoint?.();
  if (own && !config.endpointProvider) return { url: urlOf(own) };
  const custom = own ? urlOf(own).href : (options.settings.endpointUrl ?? (await configured(config)));
  const parameters = {
    Region: region,
    UseFIPS: (await config.useFipsEndpoint?.()) ?? false,
    UseDualStack: (await config.useDualstackEndpoint?.()) ?? false,
    ...(custom === undefined ? {} : { Endpoint: custom }),
  };
  return config.endpointProvider!(parameters, {});
}

export async function regionOf({ region }: EndpointConfig): Promise<string> {
  try {
    return await region();
  } catch (cause) {
    const message = `the client has no AWS Region: ${messageOf(cause)}`;
    throw Object.assign(new Error(message, { cause }), { name: 'RegionMissing' });
  }
}

async function configured({ serviceConfiguredEndpoint }: EndpointConfig): Promise<string | undefined> {
  if (serviceConfiguredEndpoint) return serviceConfiguredEndpoint();
  return configuredEndpoint(process.env);
}

function urlOf(endpoint: EndpointV1 | { readonly url: URL }): URL {
  if ('url' in endpoint) return endpoint.url;
  const { protocol, hostname, port, path = '/' } = endpoint;
  return new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`);
}
