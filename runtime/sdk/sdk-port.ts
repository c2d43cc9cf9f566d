import type { CloudWatchLogsClient, CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import { variableName } from '../../contract/codec.js';
import { shown } from '../../contract/problems.js';
import { regionOfEnvironment, regionProblem } from '../../contract/region.js';
import { sections } from '../../contract/sections.js';
import type { Target } from '../batch/target.js';
import { momentOf, systemClock, type Moment } from '../io/clock.js';
import { isTornDown } from '../io/late-modules.cjs';
import { LoadedOnce } from '../io/loaded-once.js';
import { never } from '../io/never.js';
import { nextTurn } from '../io/next-turn.js';
import { untraced } from '../io/open-telemetry.js';
import { isPast } from '../io/service-clock.js';
import type { ClientOptions } from '../send/client-options.js';
import type { CallBody } from '../send/compression.js';
import { hasOwnConnections, type ClientConfig } from '../send/given-client.js';
import { HeldCredentials, type CredentialSource } from '../send/held-credentials.js';
import type { LogsPort, PutAnswer } from '../send/port.js';
import { isRefusalOfCaller } from '../send/verdict.js';
import { credentialSource, rereadSharedFiles } from './credential-source.js';
import type { Sdk } from './given-sdk.js';
import { loadSdk } from './load-sdk.js';
import { requestHandlerOf } from './request-handler.js';

/** The official client behind the sink's port. Only this file and what it loads with the first call know the AWS SDK. */
export function sdkPort(options: ClientOptions): LogsPort {
  const loaded = new LoadedOnce(() => loadClient(options));
  const call = async <Result>(send: (client: LoadedClient) => Promise<Result>): Promise<Result> => {
    const client = await loaded.get();
    return untraced(() => send(client));
  };
  if (options.isEager) loaded.begin();
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
    close: () => loaded.end((client) => end(client, options)),
  };
}

/** Ends idle connections, unless they are those of a handler, or of an agent, that the application has made and may go on using. */
function end({ logs }: LoadedClient, { given }: ClientOptions): void {
  if (!hasOwnConnections(given)) logs.destroy();
}

/** The credentials that the official client would find, for calls that are made without it. */
export function sdkCredentials(settings: ClientOptions['settings']): CredentialSource {
  return async (properties) => credentialSource(settings, await loadSdk())(properties);
}

interface LoadedClient {
  readonly sdk: Sdk;
  readonly logs: CloudWatchLogsClient;
}

async function loadClient(options: ClientOptions): Promise<LoadedClient> {
  const { region, endpointUrl, requestTimeoutSeconds } = options.settings;
  if (isTornDown()) return never;
  const sdk = await loadSdk();
  const given: ClientConfig = options.given?.kind === 'config' ? options.given.config : {};
  const source = credentialSource(options.settings, sdk, given);
  const held = new HeldCredentials(source, requestTimeoutSeconds * 1_000);
  const chosenRegion = given.region ?? region ?? regionOfEnvironment(process.env)?.region;
  if (chosenRegion === undefined) await rereadSharedFiles(sdk);
  const config: CloudWatchLogsClientConfig = {
    ...(endpointUrl ? { endpoint: endpointUrl } : {}),
    ...(given as CloudWatchLogsClientConfig),
    // Retries are the sender's: two loops inside each other multiply.
    maxAttempts: 1,
    // The time-out is the port's alone: those of the SDK, which depend on its environment, do not know of a standstill.
    requestHandler: requestHandlerOf(given.requestHandler, { socketTimeout: 0 }),
    ...(chosenRegion ? { region: chosenRegion } : {}),
    credentials: held.provide,
  };
  const logs = new sdk.CloudWatchLogsClient(config);
  assertRegion(await logs.config.region().catch(regionMissing), given);
  watchDates(logs, options);
  watchCallers(logs, held);
  await nextTurn();
  return { sdk, logs };
}

/** The SDK's own message does not say where it looked. */
function regionMissing(cause: unknown): never {
  const variable = variableName(sections.cloudwatch, 'region');
  const message = `there is no AWS Region; set ${variable} or AWS_REGION, or give the sink its region`;
  throw Object.assign(new Error(message, { cause }), { name: 'RegionMissing' });
}

/** Settings are checked already; what remains is `clientConfig`, a shared file, and a variable that was set later. */
function assertRegion(region: string, { region: given }: ClientConfig): void {
  const allowed = regionProblem(region);
  if (allowed === undefined) return;
  const { variable = `region of the profile ${process.env['AWS_PROFILE'] || 'default'}` } =
    given === undefined ? (regionOfEnvironment(process.env) ?? {}) : { variable: 'clientConfig.region' };
  const message = `${variable} is ${shown(region)}; allowed: ${allowed}`;
  throw Object.assign(new Error(message), { name: 'RegionMalformed' });
}

/**
 * Errors carry their response, and success keeps no headers: the date is read where both pass. One that is long past is kept
 * from the SDK, which would sign the next call with it.
 */
function watchDates(
  logs: CloudWatchLogsClient,
  { onServiceDate, clock = systemClock }: Pick<ClientOptions, 'onServiceDate' | 'clock'>,
): void {
  const observe = (response: unknown, sent: Moment): void => {
    const { headers } = (response ?? {}) as { headers?: Record<string, string> };
    if (!headers?.['date']) return;
    onServiceDate(Date.parse(headers['date']), sent);
    if (isPast(sent, clock)) delete headers['date'];
  };
  logs.middlewareStack.add(
    (next) => async (args) => {
      // The SDK loads a module of Node.js with its first request.
      if (isTornDown()) return never;
      const sent = momentOf(clock);
      const result = await next(args);
      observe(result.response, sent);
      return result;
    },
    // Nearest to the wire, where an error is still an ordinary response.
    { name: 'serviceDate', step: 'deserialize', priority: 'low' },
  );
}

/** Says of the credentials whether the service takes them. */
function watchCallers(logs: CloudWatchLogsClient, held: HeldCredentials): void {
  logs.middlewareStack.add(
    (next) => async (args) => {
      try {
        const result = await next(args);
        held.accepted();
        return result;
      } catch (error) {
        if (isRefusalOfCaller(error)) held.refused(accessKeyIdOf(args.request));
        throw error;
      }
    },
    // Where the request is signed already, and an error has its name.
    { name: 'heldCredentials', step: 'deserialize', priority: 'high' },
  );
}

function accessKeyIdOf(request: unknown): string | undefined {
  const { headers } = request as { headers: Readonly<Record<string, string | undefined>> };
  return /Credential=([^/]+)\//.exec(headers['authorization'] ?? '')?.[1];
}

/** The SDK resolves, signs and sends; the body is the batch's own, escaped when its events were queued. */
async function putLogEvents(
  { sdk, logs }: LoadedClient,
  { logGroupName, logStreamName }: Target,
  { bytes, encoding }: CallBody,
  abortSignal: AbortSignal,
): Promise<PutAnswer> {
  const command = new sdk.PutLogEventsCommand({ logGroupName, logStreamName, logEvents: [] });
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
  const { $metadata, ...answer } = await logs.send(command, { abortSignal });
  const { rejectedLogEventsInfo, rejectedEntityInfo, nextSequenceToken } = answer;
  return { requestId: $metadata.requestId, rejectedLogEventsInfo, rejectedEntityInfo, nextSequenceToken };
}
