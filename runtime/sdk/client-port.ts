import { untraced } from '../io/open-telemetry.js';
import type { ClientOptions } from '../send/client-options.js';
import type { CallBody } from '../send/compression.js';
import { CredentialsError } from '../send/credentials-error.js';
import type { LogsClient } from '../send/given-client.js';
import type { LogsPort, PutAnswer } from '../send/port.js';
import { clientCommands, type ResolvedConfig } from './client-command.js';
import { regionOf } from './client-endpoint.js';

type Operation = keyof typeof clientCommands;

/** A client as the SDK calls it. */
interface SendingClient {
  readonly config: ResolvedConfig;
  send(command: object, options: object): Promise<PutAnswer | undefined>;
}

/** The application's own client behind the sink's port. It is left as it is, and is not closed. */
export function clientPort(given: LogsClient, options: ClientOptions): LogsPort {
  const caller = new ClientCaller(given as unknown as SendingClient, options);
  const call = async (operation: Operation, input: object, signal: AbortSignal): Promise<void> => {
    const bytes = Buffer.from(JSON.stringify(input));
    await caller.call(operation, input, { bytes, encoding: 'identity' }, signal);
  };
  return {
    putLogEvents: ({ logGroupName, logStreamName }, body, signal) =>
      caller.call('PutLogEvents', { logGroupName, logStreamName, logEvents: [] }, body, signal),
    createLogStream: ({ logGroupName, logStreamName }, signal) =>
      call('CreateLogStream', { logGroupName, logStreamName }, signal),
    createLogGroup: ({ logGroupName }, signal) => call('CreateLogGroup', { logGroupName }, signal),
    putRetentionPolicy: ({ logGroupName }, retentionInDays, signal) =>
      call('PutRetentionPolicy', { logGroupName, retentionInDays }, signal),
    close: () => undefined,
  };
}

class ClientCaller {
  readonly #client: SendingClient;
  readonly #options: ClientOptions;
  #isCompared = false;

  constructor(client: SendingClient, options: ClientOptions) {
    this.#client = client;
    this.#options = options;
  }

  async call(
    operation: Operation,
    input: object,
    { bytes, encoding }: CallBody,
    abortSignal: AbortSignal,
  ): Promise<PutAnswer> {
    const command = new clientCommands[operation](
      { operation, input, body: { bytes, encoding } },
      this.#options,
    );
    try {
      const answer = await untraced(() => this.#client.send(command, { abortSignal }));
      // A call that was made must not fail by that.
      if (!this.#isCompared) await this.#compare().catch(() => undefined);
      return answer ?? {};
    } catch (error) {
      const isOfCall = !command.isBegun || command.isSent || abortSignal.aborted;
      if (isOfCall) throw error;
      await regionOf(this.#client.config);
      // It is of who signs, or of middleware: it must not be taken for an answer about the batch.
      throw new CredentialsError(error);
    }
  }

  /** Says once where the client and the settings, perhaps those of the stack, mean different places. */
  async #compare(): Promise<void> {
    this.#isCompared = true;
    const { settings, report = () => undefined } = this.#options;
    const region = await regionOf(this.#client.config);
    if (settings.region !== undefined && settings.region !== region)
      report('client', `the client writes to the Region ${region}, although region is ${settings.region}`);
    if (settings.endpointUrl !== undefined && this.#client.config.endpoint)
      report('client', 'the client has an endpoint of its own, and endpointUrl is not used');
  }
}
