import type { ClientRequest } from 'node:http';
import { elapsedMs, momentOf, systemClock, type Moment } from '../io/clock.js';
import { isTornDown } from '../io/late-modules.cjs';
import { LoadedOnce } from '../io/loaded-once.js';
import { never } from '../io/never.js';
import { untraced } from '../io/open-telemetry.js';
import type { ClientOptions } from '../send/client-options.js';
import type { CallBody } from '../send/compression.js';
import { HeldCredentials } from '../send/held-credentials.js';
import type { LogsPort, PutAnswer } from '../send/port.js';
import { isRefusalOfCaller, traits } from '../send/verdict.js';
import { putAnswerOf } from './answer-body.js';
import { connectionsTo, type Connections } from './connections.js';
import type { DirectWay } from './direct-way.js';
import { exchange, type Answer } from './exchange.js';
import { signedRequest, type DirectCall } from './signed-request.js';
import { SigningClock } from './signing-clock.js';

/** The four calls, signed here and sent by Node.js itself. Its errors are named as those of the official client. */
export function directPort(way: DirectWay, options: ClientOptions): LogsPort {
  const caller = new DirectCaller(way, options);
  const call = async (operation: DirectCall['operation'], input: object, signal: AbortSignal) => {
    const bytes = Buffer.from(JSON.stringify(input));
    await caller.call(operation, { bytes, encoding: 'identity' }, signal);
  };
  return {
    putLogEvents: (_, body, signal) => caller.call('PutLogEvents', body, signal),
    createLogStream: ({ logGroupName, logStreamName }, signal) =>
      call('CreateLogStream', { logGroupName, logStreamName }, signal),
    createLogGroup: ({ logGroupName }, signal) => call('CreateLogGroup', { logGroupName }, signal),
    putRetentionPolicy: ({ logGroupName }, retentionInDays, signal) =>
      call('PutRetentionPolicy', { logGroupName, retentionInDays }, signal),
    close: () => caller.close(),
  };
}

/** After so long without an answer, a kept connection that ends has probably ended long ago. */
const RESTED_MS = 1_000;

class DirectCaller {
  readonly #way: DirectWay;
  readonly #connections: LoadedOnce<Connections>;
  readonly #held: HeldCredentials;
  readonly #signing: SigningClock;
  readonly #clock: NonNullable<ClientOptions['clock']>;
  /** When the last answer came. */
  #answered: Moment | undefined;

  constructor(way: DirectWay, options: ClientOptions) {
    this.#way = way;
    this.#held = new HeldCredentials(way.credentials, options.settings.requestTimeoutSeconds * 1_000);
    this.#signing = new SigningClock(options);
    this.#clock = options.clock ?? systemClock;
    this.#connections = new LoadedOnce(() => connectionsTo(way.endpoint));
    if (options.isEager) this.#connections.begin();
  }

  async call(operation: DirectCall['operation'], body: CallBody, signal: AbortSignal): Promise<PutAnswer> {
    if (isTornDown()) return never;
    const connections = await this.#connections.get();
    const credentials = await this.#held.provide();
    try {
      const answer = await this.#send(connections, { operation, body, credentials }, signal, this.#hasRested);
      this.#answered = momentOf(this.#clock);
      const result = putAnswerOf(answer);
      this.#held.accepted();
      return result;
    } catch (error) {
      if (isRefusalOfCaller(error)) this.#held.refused(credentials.accessKeyId);
      throw error;
    }
  }

  /** Whether the connections have been kept for some time: perhaps the process was frozen. */
  get #hasRested(): boolean {
    return this.#answered !== undefined && elapsedMs(this.#clock, this.#answered) >= RESTED_MS;
  }

  async #send(
    connections: Connections,
    call: DirectCall,
    signal: AbortSignal,
    hasRested: boolean,
  ): Promise<Answer> {
    signal.throwIfAborted();
    const sent = momentOf(this.#clock);
    const signed = signedRequest(this.#way, call, this.#signing.now());
    const request = untraced(() => connections.request(signed));
    const answer = exchange(request, call.body.bytes, signal, (head) => this.#signing.observe(head, sent));
    return answer.catch((error: unknown) => {
      if (!hasRested || !endedUnused(request, error)) throw error;
      return this.#send(connections, call, signal, hasRested);
    });
  }

  close(): void {
    this.#connections.end((connections) => connections.close());
  }
}

/**
 * Whether a kept connection had ended, of which nobody heard in time: a process that was frozen reads it too late. That says
 * nothing of the service, and each time the connections are one fewer.
 */
function endedUnused({ reusedSocket }: ClientRequest, error: unknown): boolean {
  const { reason, status } = traits(error);
  return reusedSocket && status === undefined && (reason === 'ECONNRESET' || reason === 'EPIPE');
}
