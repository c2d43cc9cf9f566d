import type { ClientRequest, IncomingMessage } from 'node:http';
import { systemClock } from '../io/clock.js';
import { afterLoopTime } from '../io/loop-timer.js';
import { untraced } from '../io/open-telemetry.js';

export interface ContainerAnswer {
  readonly status: number;
  readonly text: string;
}

/** Time for all of an answer, as much as the AWS SDK gives it. Whoever answers runs on the same machine. */
const TIMEOUT_MS = 1_000;

/** Credentials have about 2 KiB. */
const MAX_ANSWER_BYTES = 65_536;

/** Asks once. Rejects with Node's own errors, without an answer in time, and with one that is too long. */
export async function containerAnswer(url: URL, authorization: string | undefined): Promise<ContainerAnswer> {
  const { request } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'));
  return answerTo(
    untraced(() =>
      request({
        // Node.js takes the address of IPv6 without its brackets.
        hostname: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port,
        path: url.pathname,
        // A connection of its own: those of the process may lead through a proxy.
        agent: false,
        headers: authorization === undefined ? {} : { authorization },
      }),
    ),
  );
}

function answerTo(request: ClientRequest): Promise<ContainerAnswer> {
  return new Promise((resolve, reject) => {
    const timer = afterLoopTime(systemClock, TIMEOUT_MS, () => {
      reject(unanswered());
      request.destroy();
    });
    request
      .on('response', (response) => void answerIn(response).then(resolve, reject))
      .on('error', reject)
      .on('close', () => timer.cancel())
      .end();
  });
}

async function answerIn(response: IncomingMessage): Promise<ContainerAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new Error(`an answer of more than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
}

function unanswered(): Error {
  return Object.assign(new Error(`no answer within ${TIMEOUT_MS} ms`), { name: 'TimeoutError' });
}
