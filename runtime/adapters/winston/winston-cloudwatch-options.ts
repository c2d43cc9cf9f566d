import type { OutletOptions } from '../outlet/outlet-options.js';
import type { Info } from './info.js';

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
  /** Options of the AWS SDK's client. `region` and `endpoint` are those of the transport unless it has its own. */
  readonly awsOptions?: Readonly<Record<string, unknown>> | undefined;
  /** A client of the AWS SDK. */
  readonly cloudWatchLogs?: object | undefined;
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
  readonly options: Readonly<Record<string, unknown>>;
  readonly unheeded: readonly string[];
}

/** What replaces options of the AWS SDK's client that the sink decides. */
const REPLACED: Readonly<Record<string, string>> = {
  region: 'region',
  endpoint: 'endpointUrl',
  maxAttempts: 'maxRetries',
  retryMode: 'maxRetries and retryBaseDelay',
  retryStrategy: 'maxRetries and retryBaseDelay',
};

const OF_CLIENT =
  'the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or any other place where the AWS SDK looks';

export function translated(given: WinstonCloudWatchOptions): Translation {
  const { awsRegion, awsOptions, ensureLogGroup, uploadRate, errorHandler } = given;
  const { region, endpoint, ...others } = awsOptions ?? {};
  const ofClient = { ...others, ...unlessText({ region, endpoint }) };
  const keys = (['awsAccessKeyId', 'awsSecretKey', 'cloudWatchLogs'] as const).filter((name) => given[name]);
  return {
    options: definedOf({
      region: textOf(region) ?? awsRegion,
      endpointUrl: textOf(endpoint),
      createLogGroup: ensureLogGroup,
      // Zero means the default there.
      batchTimeoutSeconds: uploadRate ? Number(uploadRate) / 1_000 : undefined,
      onDiagnostic: errorHandler && diagnosticsOf(errorHandler),
    }),
    unheeded: [
      ...keys.map((name) => `${name} (use ${OF_CLIENT})`),
      ...Object.keys(ofClient).map((name) => `awsOptions.${name} (use ${REPLACED[name] ?? OF_CLIENT})`),
    ],
  };
}

/** The text of a Region or an endpoint. The AWS SDK's client takes functions, too, which answer later. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || value instanceof URL ? String(value) : undefined;
}

function unlessText(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const others = Object.entries(values).filter(([, value]) => textOf(value) === undefined);
  return definedOf(Object.fromEntries(others));
}

/** `winston-cloudwatch` reports by errors. */
function diagnosticsOf(handler: (error: Error) => void): OutletOptions['onDiagnostic'] {
  return ({ code, message }) => handler(Object.assign(new Error(message), { code }));
}

function definedOf(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
