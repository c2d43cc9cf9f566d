import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { proxyOption } from '../../runtime/send/environment-proxy.js';
import { within } from './time-limit.js';

/** Steps to an answer, in their order. */
export type Step = 'DNS' | 'TCP' | 'TLS' | 'answer';

/** How an endpoint answers a call that nobody has signed. */
export interface Probe {
  /** Milliseconds from one step to the next. */
  readonly steps: ReadonlyMap<Step, number>;
  /** @default - there was an answer */
  readonly error?: Error;
  /** The step that failed. */
  readonly failedAt?: Step;
  readonly status?: number;
  readonly headers?: IncomingHttpHeaders;
  /** The address that was connected to. */
  readonly address?: string;
  /** How far the clock of whoever answered is ahead of this machine's. */
  readonly skewMs?: number;
}

interface Limits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
}

/**
 * Asks for nothing, without a signature: whoever may not see a thing still learns whether the service is there. The service refuses
 * such a call, and its answer has a date and a request id.
 */
export async function probe(endpoint: URL, limits: Limits): Promise<Probe> {
  const { Agent, request } = await (endpoint.protocol === 'https:'
    ? import('node:https')
    : import('node:http'));
  const agent = new Agent({ keepAlive: false, ...proxyOption() });
  const watch = new StepWatch();
  try {
    const { statusCode = 0, headers } = await within(limits, (signal) => {
      const call = request(endpoint, { method: 'POST', agent, headers: HEADERS, signal });
      return answerTo(call, watch);
    });
    const skewMs = Date.parse(headers.date ?? '') - limits.nowMs();
    return {
      ...watch.found(),
      status: statusCode,
      headers,
      ...(Number.isNaN(skewMs) ? {} : { skewMs }),
    };
  } catch (error) {
    return { ...watch.found(), error: error as Error, failedAt: watch.next };
  } finally {
    agent.destroy();
  }
}

const HEADERS = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'Logs_20140328.DescribeLogGroups',
  'content-length': '0',
};

function answerTo(call: ClientRequest, watch: StepWatch): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    call.on('socket', (socket) => watch.on(socket));
    call.on('error', reject);
    call.on('response', (response) => {
      watch.done('answer');
      response.resume();
      resolve(response);
    });
    call.end();
  });
}

/** Notes when each step of a connection is done. */
class StepWatch {
  readonly #steps = new Map<Step, number>();
  #lastMs = performance.now();
  #address: string | undefined;
  #isTls = false;

  on(socket: Socket): void {
    this.#isTls = 'encrypted' in socket;
    socket.once('lookup', () => this.done('DNS'));
    socket.once('connect', () => {
      this.#address = socket.remoteAddress;
      this.done('TCP');
    });
    socket.once('secureConnect', () => this.done('TLS'));
  }

  done(step: Step): void {
    const nowMs = performance.now();
    this.#steps.set(step, Math.round(nowMs - this.#lastMs));
    this.#lastMs = nowMs;
  }

  /** The step that is not done. An address needs no DNS. */
  get next(): Step {
    if (this.#steps.has('TLS') || (this.#steps.has('TCP') && !this.#isTls)) return 'answer';
    if (this.#steps.has('TCP')) return 'TLS';
    return this.#steps.has('DNS') ? 'TCP' : 'DNS';
  }

  found(): Pick<Probe, 'steps' | 'address'> {
    return { steps: this.#steps, ...(this.#address !== undefined && { address: this.#address }) };
  }
}
