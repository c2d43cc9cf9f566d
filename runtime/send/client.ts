import type { CloudWatchLogsClient, CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import { variableName } from '../../contract/codec.js';
import { sections, type CloudWatchValues } from '../../contract/sections.js';
import type { Target } from '../batch/target.js';
import { untraced } from '../io/open-telemetry.js';
import { AssumeRoleError, roleSessionName } from './assumed-role.js';
import type { CallBody } from './compression.js';
import type { LogsPort, PutAnswer } from './port.js';

export interface ClientOptions {
  /** The Region, the endpoint, for CloudWatch Logs only, the role whose credentials sign, and the time that a call may take. */
  readonly settings: Pick<CloudWatchValues, 'requestTimeoutSeconds'> &
    Partial<Pick<CloudWatchValues, 'region' | 'endpointUrl' | 'roleArn' | 'externalId'>>;
  /** Called with the date of each answer, in milliseconds since the epoch. */
  readonly onServiceDate: (dateMs: number) => void;
  /** Whether the SDK is loaded at once. @default - with the first call */
  readonly isEager?: boolean;
}

/**
 * The official client behind the sink's port. This is the only file that imports the AWS SDK, and it does so with the
 * first call, since loading it takes longer than everything else in this package together.
 */
export function sdkLogsPort(options: ClientOptions): LogsPort {
  let loading: Promise<LoadedClient> | undefined;
  const load = (): Promise<LoadedClient> => {
    loading ??= loadClient(options).catch((error: unknown) => {
      // What failed may be there later: a Region, a file. The next call tries again.
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const call = async <Result>(send: (client: LoadedClient) => Promise<Result>): Promise<Result> => {
    const current = load();
    const client = await current;
    try {
      return await untraced(() => send(client));
    } catch (error) {
      // The client keeps credentials that have no date of expiry for ever; the next call asks for them again.
      if (loading === current && error instanceof Error && REFUSED_CREDENTIALS.has(error.name))
        loading = undefined;
      throw error;
    }
  };
  if (options.isEager) void load().catch(() => undefined);
  return {
    putLogEvents: (target, body, signal) => call((client) => putLogEvents(client, target, body, signal)),
    createLogStream: ({ logGroupName, logStreamName }, abortSignal) =>
      call(async ({ sdk, logs }) => {
        await logs.send(new sdk.CreateLogStreamCommand({ logGroupName, logStreamName }), { abortSignal });
      }),
    createLogGroup: ({ logGroupName }, abortSignal) =>
      call(async ({ sdk, logs }) => {
        await logs.send(new sdk.CreateLogGroupCommand({ logGroupName }), { abortSignal });
      }),
    putRetentionPolicy: ({ logGroupName }, retentionInDays, abortSignal) =>
      call(async ({ sdk, logs }) => {
        await logs.send(new sdk.PutRetentionPolicyCommand({ logGroupName, retentionInDays }), {
          abortSignal,
        });
      }),
    close: () => void loading?.then(({ logs }) => logs.destroy()).catch(() => undefined),
  };
}

const REFUSED_CREDENTIALS = new Set([
  'AssumeRoleRefused',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
]);

interface LoadedClient {
  readonly sdk: typeof import('./sdk.js');
  readonly logs: CloudWatchLogsClient;
}

async function loadClient(options: ClientOptions): Promise<LoadedClient> {
  const { region, endpointUrl, roleArn, externalId, requestTimeoutSeconds } = options.settings;
  const sdk = await import('./sdk.js');
  const chosenRegion = region ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  const config: CloudWatchLogsClientConfig = {
    // Retries are the sender's: two loops inside each other multiply.
    maxAttempts: 1,
    ...(chosenRegion ? { region: chosenRegion } : {}),
    ...(endpointUrl ? { endpoint: endpointUrl } : {}),
    // The call that assumes the role may take half of the time.
    ...(roleArn
      ? { credentials: await credentialsOf(roleArn, externalId, requestTimeoutSeconds * 500) }
      : {}),
  };
  const logs = new sdk.CloudWatchLogsClient(config);
  await logs.config.region().catch((cause: unknown) => {
    throw regionMissing(cause);
  });
  watchDates(logs, options.onServiceDate);
  return { sdk, logs };
}

/**
 * Credentials of the role, which the SDK asks for again before they expire. Those of the process are the SDK's default
 * chain, and the Region is that of the client.
 */
async function credentialsOf(
  roleArn: string,
  externalId: string | undefined,
  timeoutMs: number,
): Promise<NonNullable<CloudWatchLogsClientConfig['credentials']>> {
  const { fromTemporaryCredentials } = await import('./sdk-credentials.js');
  const provide = fromTemporaryCredentials({
    params: {
      RoleArn: roleArn,
      RoleSessionName: roleSessionName(),
      ...(externalId ? { ExternalId: externalId } : {}),
    },
    clientConfig: {
      maxAttempts: 1,
      // All calls wait for the same answer, so that one that never comes would stop delivery for ever.
      requestHandler: {
        connectionTimeout: timeoutMs,
        requestTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        throwOnRequestTimeout: true,
      },
    },
  });
  return async (identityProperties) => {
    try {
      return await provide(identityProperties);
    } catch (error) {
      throw new AssumeRoleError(roleArn, error);
    }
  };
}

/** The SDK's own message does not say where it looked. */
function regionMissing(cause: unknown): Error {
  const variable = variableName(sections.cloudwatch, 'region');
  const message = `there is no AWS Region; set ${variable} or AWS_REGION, or give the sink its region`;
  return Object.assign(new Error(message, { cause }), { name: 'RegionMissing' });
}

/** Errors carry their response, and success keeps no headers: the date is read where both pass. */
function watchDates(logs: CloudWatchLogsClient, onServiceDate: (dateMs: number) => void): void {
  const observe = (response: unknown): void => {
    const { headers } = (response ?? {}) as { headers?: Readonly<Record<string, string>> };
    if (headers?.['date']) onServiceDate(Date.parse(headers['date']));
  };
  logs.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      observe(result.response);
      return result;
    },
    // Nearest to the wire, where an error is still an ordinary response.
    { name: 'serviceDate', step: 'deserialize', priority: 'low' },
  );
}

/** The SDK resolves, signs and sends; the body is the batch's own, escaped when its events were queued. */
async function putLogEvents(
  { sdk, logs }: LoadedClient,
  target: Target,
  { bytes, encoding }: CallBody,
  abortSignal: AbortSignal,
): Promise<PutAnswer> {
  const command = new sdk.PutLogEventsCommand({ ...target, logEvents: [] });
  command.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: unknown; headers: Record<string, string> };
      request.body = bytes;
      if (encoding !== 'identity') request.headers['content-encoding'] = encoding;
      return next(args);
    },
    // Before the SDK's own step that counts the content length.
    { name: 'encodedBatch', step: 'build', priority: 'high' },
  );
  const { $metadata, rejectedLogEventsInfo, nextSequenceToken } = await logs.send(command, { abortSignal });
  return { requestId: $metadata.requestId, rejectedLogEventsInfo, nextSequenceToken };
}
