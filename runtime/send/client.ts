import type { CloudWatchLogsClient, CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import type { EncodedBatch } from '../batch/encoded-batch.js';
import type { Target } from '../batch/target.js';
import type { LogsPort, PutAnswer } from './port.js';

export interface ClientOptions {
  readonly region?: string | undefined;
  readonly endpointUrl?: string | undefined;
}

/**
 * The official client behind the sink's port. This is the only file that imports the AWS SDK, and it does so with the
 * first call, since loading it takes longer than everything else in this package together.
 */
export function sdkLogsPort(options: ClientOptions): LogsPort {
  let loaded: Promise<LoadedClient> | undefined;
  const client = (): Promise<LoadedClient> => (loaded ??= loadClient(options));
  return {
    putLogEvents: async (batch, signal) => putLogEvents(await client(), batch, signal),
    createLogStream: async ({ logGroupName, logStreamName }, signal) => {
      const { sdk, logs } = await client();
      const command = new sdk.CreateLogStreamCommand({ logGroupName, logStreamName });
      await logs.send(command, { abortSignal: signal });
    },
    createLogGroup: async ({ logGroupName }: Target, signal) => {
      const { sdk, logs } = await client();
      await logs.send(new sdk.CreateLogGroupCommand({ logGroupName }), { abortSignal: signal });
    },
    close: () => void loaded?.then(({ logs }) => logs.destroy()).catch(() => undefined),
  };
}

interface LoadedClient {
  readonly sdk: typeof import('@aws-sdk/client-cloudwatch-logs');
  readonly logs: CloudWatchLogsClient;
}

async function loadClient({ region, endpointUrl }: ClientOptions): Promise<LoadedClient> {
  const sdk = await import('@aws-sdk/client-cloudwatch-logs');
  const chosenRegion = region ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  const config: CloudWatchLogsClientConfig = {
    // Retries are the sender's: two loops inside each other multiply.
    maxAttempts: 1,
    ...(chosenRegion ? { region: chosenRegion } : {}),
    ...(endpointUrl ? { endpoint: endpointUrl } : {}),
  };
  return { sdk, logs: new sdk.CloudWatchLogsClient(config) };
}

/** The SDK resolves, signs and sends; the body is the batch's own, escaped when its events were queued. */
async function putLogEvents(
  { sdk, logs }: LoadedClient,
  batch: EncodedBatch,
  signal: AbortSignal,
): Promise<PutAnswer> {
  const command = new sdk.PutLogEventsCommand({ ...batch.target, logEvents: [] });
  command.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.request as object, { body: batch.body });
      return next(args);
    },
    // Before the SDK's own step that counts the content length.
    { name: 'encodedBatch', step: 'build', priority: 'high' },
  );
  const { $metadata, rejectedLogEventsInfo } = await logs.send(command, { abortSignal: signal });
  return { requestId: $metadata.requestId, rejectedLogEventsInfo };
}
