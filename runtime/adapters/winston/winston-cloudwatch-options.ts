import type { LogsClient } from '../../send/given-client.js';
import type { OutletOptions } from '../outlet/outlet-options.js';
import type { Info } from './info.js';

type Members = Readonly<Record<string, unknown>>;

/** The options of winston-cloudwatch, version 6, that are not called as ours are. */
export interface WinstonCloudWatchOptions {
  /** Becomes the transport's `name`. @default 'CloudWatch' */
  readonly name?: string | undefined;
  /** The Region of the log group; `region` wins over it. */
  readonly awsRegion?: string | undefined;
  /** The id of an access key, together with `awsSecretKey`. */
  readonly awsAccessKeyId?: string | undefined;
  /** The secret of `awsAccessKeyId`. */
  readonly awsSecretKey?: string | undefined;
  /**
   * Options of the AWS SDK's client: `clientConfig`. `region` and `endpoint` are those of the transport unless it has its own. The sink
   * makes retries itself: options about them have no effect.
   */
  readonly awsOptions?: Readonly<Record<string, unknown>> | undefined;
  /** A client of the AWS SDK, version 3: `client`. The other options about the service have no effect beside it. */
  readonly cloudWatchLogs?: LogsClient | undefined;
  /** Whether the log group is created where it is missing: `createLogGroup`. @default true */
  readonly ensureLogGroup?: boolean | undefined;
  /**
   * `true`: lines are JSON, as they are by default. `false`: lines are the text `level - message`, without any other field, unless
   * `messageFormatter` says otherwise.
   * @default true
   */
  readonly jsonMessage?: boolean | undefined;
  /**
   * Makes the whole line of an info. Has no effect if `jsonMessage` is true. What it leaves out is not stored. If it throws, the line is
   * `level - message`.
   * @default - lines are JSON
   */
  readonly messageFormatter?: ((info: Info) => string) | undefined;
  /** The longest time that an event waits for its batch to fill, in milliseconds: `batchTimeoutSeconds`. @default 2000 */
  readonly uploadRate?: number | undefined;
  /** Gets each report about delivery as an error with a `code`, as `onDiagnostic` does. @default - stderr only */
  readonly errorHandler?: ((error: Error) => void) | undefined;
}

/** Options of winston-cloudwatch in our words, and those that have no effect here, each with what replaces it. */
export interface Translation {
  readonly options: OutletOptions;
  readonly unheeded: readonly string[];
}

/** Options of the AWS SDK's client about retries, which are the sink's, and its settings that replace them. */
const OF_RETRIES: Readonly<Record<string, string>> = {
  maxAttempts: 'maxRetries',
  retryMode: 'retryBaseDelay and maxConcurrency',
  retryStrategy: 'maxRetries and retryBaseDelay',
};

export function translated(given: WinstonCloudWatchOptions): Translation {
  const { ensureLogGroup, uploadRate, errorHandler, awsOptions = {} } = given;
  const options = {
    ...(given.cloudWatchLogs ? { client: given.cloudWatchLogs } : clientOf(given, awsOptions)),
    createLogGroup: ensureLogGroup,
    // Zero means the default there.
    batchTimeoutSeconds: uploadRate ? uploadRate / 1_000 : undefined,
    onDiagnostic: errorHandler && diagnosticsOf(errorHandler),
  };
  const retries = Object.keys(awsOptions).filter((name) => Object.hasOwn(OF_RETRIES, name));
  return {
    options: definedOf(options),
    unheeded: [
      ...retries.map((name) => `awsOptions.${name} (use ${OF_RETRIES[name]!})`),
      ...halfOfKeys(given),
    ],
  };
}

/** One half of a key says nothing, there or here. */
function halfOfKeys({ awsAccessKeyId, awsSecretKey }: WinstonCloudWatchOptions): string[] {
  if (awsAccessKeyId && !awsSecretKey) return ['awsAccessKeyId (it needs awsSecretKey)'];
  return awsSecretKey && !awsAccessKeyId ? ['awsSecretKey (it needs awsAccessKeyId)'] : [];
}

/** What the options about the service say. Where there is no more than a Region and an endpoint, the sink needs no client for it. */
function clientOf({ awsRegion, ...given }: WinstonCloudWatchOptions, awsOptions: Members): OutletOptions {
  const { region, endpoint, ...others } = awsOptions;
  const forClient = Object.entries({ ...keysOf(given), ...others }).filter(
    ([name, value]) => value !== undefined && !Object.hasOwn(OF_RETRIES, name),
  );
  const asText = { region: textOf(region ?? awsRegion), endpointUrl: textOf(endpoint) };
  // The AWS SDK's client takes functions, too, which answer later.
  if (region !== undefined && asText.region === undefined) forClient.push(['region', region]);
  if (endpoint !== undefined && asText.endpointUrl === undefined) forClient.push(['endpoint', endpoint]);
  return { ...asText, clientConfig: forClient.length === 0 ? undefined : Object.fromEntries(forClient) };
}

function keysOf({ awsAccessKeyId, awsSecretKey }: WinstonCloudWatchOptions): OutletOptions['clientConfig'] {
  if (!awsAccessKeyId || !awsSecretKey) return undefined;
  return { credentials: { accessKeyId: awsAccessKeyId, secretAccessKey: awsSecretKey } };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || value instanceof URL ? String(value) : undefined;
}

/** `winston-cloudwatch` reports by errors. */
function diagnosticsOf(handler: (error: Error) => void): OutletOptions['onDiagnostic'] {
  return ({ code, message }) => handler(Object.assign(new Error(message), { code }));
}

function definedOf(options: OutletOptions): OutletOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
