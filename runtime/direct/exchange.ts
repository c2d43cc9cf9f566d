import type { ClientRequest, IncomingMessage } from 'node:http';
import { setImmediate } from '../io/real-timers.js';

/** Far more than the service answers. What goes on longer is no answer of it, and is read no further. */
const MAX_ANSWER_LENGTH = 1_048_576;

/** The head of an answer. Names of headers are in lower case. */
export interface AnswerHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface Answer extends AnswerHead {
  readonly text: string;
}

/**
 * Sends a request and reads its answer. `onHead` is called as soon as the head is there. Rejects with Node's own errors, or with the
 * reason of the signal; one that comes while the body is read knows the head as the official client's errors do.
 */
export function exchange(
  request: ClientRequest,
  body: Uint8Array,
  signal: AbortSignal,
  onHead: (head: AnswerHead) => void,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      // A request that still waits for a socket reports nothing of its own.
      reject(signal.reason as Error);
      request.destroy();
    };
    signal.addEventListener('abort', abort, { once: true });
    let isAnswered = false;
    request
      .on('response', (response) => {
        isAnswered = true;
        const reading = read(response, onHead).finally(() => endUpload(request));
        void reading.then(resolve, reject);
      })
      .on('error', reject)
      .on('close', () => {
        signal.removeEventListener('abort', abort);
        // After a change of protocol that nobody asked for, for example.
        if (!isAnswered) reject(hangUp());
      });
    request.end(body);
  });
}

function hangUp(): Error {
  return Object.assign(new Error('the connection was closed without an answer'), { code: 'ECONNRESET' });
}

async function read(response: IncomingMessage, onHead: (head: AnswerHead) => void): Promise<Answer> {
  const { statusCode: status = -1, headers } = response;
  // Only cookies come as a list.
  const head = { status, headers: headers as AnswerHead['headers'] };
  onHead(head);
  try {
    return { ...head, text: await textOf(response) };
  } catch (error) {
    throw withHead(error, head);
  }
}

function textOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    response
      .setEncoding('utf8')
      .on('data', (piece: string) => {
        text += piece;
        if (text.length <= MAX_ANSWER_LENGTH) return;
        resolve(text);
        response.destroy();
      })
      .on('end', () => resolve(text))
      .on('error', reject);
  });
}

/** A server that answers early may read no more: the rest of the upload would hold the connection, and the process. */
function endUpload(request: ClientRequest): void {
  // The last bytes may have left, and Node.js not have heard of it yet.
  if (!request.writableFinished) setImmediate(() => request.writableFinished || request.destroy());
}

/** Adds to an error what the official client's errors know of the answer. */
export function withHead(error: unknown, { status, headers }: AnswerHead): Error {
  return Object.assign(error as Error, { $metadata: { httpStatusCode: status }, $response: { headers } });
}
