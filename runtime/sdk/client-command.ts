import { momentOf, systemClock } from '../io/clock.js';
import { isTornDown } from '../io/late-modules.cjs';
import { never } from '../io/never.js';
import { isPast } from '../io/service-clock.js';
import { putAnswerOf } from '../direct/answer-body.js';
import type { ClientOptions } from '../send/client-options.js';
import type { CallBody } from '../send/compression.js';
import { endpointFor, type Endpoint, type EndpointConfig } from './client-endpoint.js';

/** What is sent, whatever client sends it. */
export interface ClientCall {
  readonly operation: string;
  /** For those who watch the client: its middleware, its logger. The body is what is sent. */
  readonly input: object;
  readonly body: CallBody;
}

interface Response {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** The parts of a resolved configuration that all versions 3 have. */
export interface ResolvedConfig extends EndpointConfig {
  readonly requestHandler: { handle(request: object, options: object): Promise<{ response: Response }> };
  readonly logger?: unknown;
  streamCollector(body: unknown): Promise<Uint8Array>;
}

interface Args {
  readonly input: object;
  readonly request?: object;
}

interface Result {
  readonly response: Response;
  readonly output?: object;
}

type Handler = (args: Args) => Promise<Result>;
type Context = Record<string, unknown>;
type Middleware = (next: Handler, context: Context) => Handler;

/** A middleware stack, as far as all versions 3 agree. */
interface Stack {
  clone(): Stack;
  remove(name: string): boolean;
  add(middleware: Middleware, options: object): void;
  addRelativeTo(middleware: Middleware, options: object): void;
  resolve(handler: Handler, context: Context): Handler;
}

function same(value: unknown): unknown {
  return value;
}

/**
 * A command for a client of the application's own. The commands of the SDK fit clients of their own version only, and need the SDK to
 * be installed where this package is; this one asks the client for what all versions 3 have. It changes a copy of the client's
 * middleware stack, never the client: whoever else has it sees nothing of this.
 */
class ClientCommand {
  /** Whether the client has begun to work on it, as a stub of `send` does not. */
  isBegun = false;
  /** Whether the request has gone out to what sends it. What fails before says nothing of the call. */
  isSent = false;
  readonly input: object;
  readonly #call: ClientCall;
  readonly #options: ClientOptions;

  constructor(call: ClientCall, options: ClientOptions) {
    this.input = call.input;
    this.#call = call;
    this.#options = options;
  }

  /** The SDK's client calls it. */
  resolveMiddleware(clientStack: Stack, config: ResolvedConfig, options: object = {}): Handler {
    this.isBegun = true;
    const { operation } = this.#call;
    return this.#stack(clientStack, config).resolve(
      (args) => {
        this.isSent = true;
        return config.requestHandler.handle(args.request!, options);
      },
      {
        logger: config.logger,
        clientName: 'CloudWatchLogsClient',
        commandName: `${operation}Command`,
        inputFilterSensitiveLog: same,
        outputFilterSensitiveLog: same,
        __smithy_context: { service: 'Logs_20140328', operation, ...options },
      },
    );
  }

  /** The client's, with steps of ours under the names by which other steps know their place. */
  #stack(clientStack: Stack, config: ResolvedConfig): Stack {
    const stack = clientStack.clone();
    for (const name of [
      'retryMiddleware',
      'endpointV2Middleware',
      'serializerMiddleware',
      'deserializerMiddleware',
    ])
      stack.remove(name);
    // Retries are the sender's: two loops inside each other multiply.
    stack.add((next) => next, { name: 'retryMiddleware', step: 'finalizeRequest', priority: 'high' });
    stack.add(this.#serialize, { name: 'serializerMiddleware', step: 'serialize' });
    stack.add(this.#deserialize(config), { name: 'deserializerMiddleware', step: 'deserialize' });
    stack.addRelativeTo(this.#resolveEndpoint(config), {
      name: 'endpointV2Middleware',
      relation: 'before',
      toMiddleware: 'serializerMiddleware',
    });
    return stack;
  }

  #resolveEndpoint(config: ResolvedConfig): Middleware {
    return (next, context) => async (args) => {
      const endpoint = await endpointFor(config, this.#options);
      context['endpointV2'] = endpoint;
      context['authSchemes'] = endpoint.properties?.['authSchemes'];
      return next(args);
    };
  }

  readonly #serialize: Middleware = (next, context) => (args) =>
    next({ ...args, request: requestOf(this.#call, context['endpointV2'] as Endpoint) });

  #deserialize(config: ResolvedConfig): Middleware {
    const { clock = systemClock } = this.#options;
    return (next) => async (args) => {
      if (isTornDown()) return never;
      const sent = momentOf(clock);
      const { response } = await next(args);
      this.#observe(response.headers, sent);
      return { response, output: await outputOf(response, config) };
    };
  }

  /** A date that is long past is kept from the client, which would sign the next call with it. */
  #observe(headers: Record<string, string>, sent: ReturnType<typeof momentOf>): void {
    const { onServiceDate, clock = systemClock } = this.#options;
    if (!headers['date']) return;
    onServiceDate(Date.parse(headers['date']), sent);
    if (isPast(sent, clock)) delete headers['date'];
  }
}

class PutLogEventsCommand extends ClientCommand {}
class CreateLogStreamCommand extends ClientCommand {}
class CreateLogGroupCommand extends ClientCommand {}
class PutRetentionPolicyCommand extends ClientCommand {}

/** Named as those of the SDK: tracers call a command by the name of its class. */
export const clientCommands = {
  PutLogEvents: PutLogEventsCommand,
  CreateLogStream: CreateLogStreamCommand,
  CreateLogGroup: CreateLogGroupCommand,
  PutRetentionPolicy: PutRetentionPolicyCommand,
};

function requestOf({ operation, body: { bytes, encoding } }: ClientCall, { url }: Endpoint): object {
  const { protocol, hostname, port, pathname, searchParams } = url;
  return {
    method: 'POST',
    protocol,
    hostname,
    ...(port ? { port: Number(port) } : {}),
    path: pathname.endsWith('/') ? pathname : `${pathname}/`,
    query: Object.fromEntries(searchParams),
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Logs_20140328.${operation}`,
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    },
    body: bytes,
  };
}

/** @throws an error named as the SDK's own, which has the whole response: the client corrects its clock by the date in it */
async function outputOf(response: Response, config: ResolvedConfig): Promise<object> {
  const { statusCode: status, headers } = response;
  const text = Buffer.from(await config.streamCollector(response.body)).toString();
  try {
    const answer = putAnswerOf({ status, headers, text });
    const $metadata = {
      httpStatusCode: status,
      requestId: answer.requestId,
      attempts: 1,
      totalRetryDelay: 0,
    };
    return { ...answer, $metadata };
  } catch (error) {
    throw Object.defineProperty(error as Error, '$response', { value: response });
  }
}
