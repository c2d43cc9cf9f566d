import type { IncomingMessage } from 'node:http';
import { BadQuestion } from './question.js';

const MAX_BYTES = 65_536;

/**
 * Reads a body of JSON. A form of another page cannot send this content type without being asked first.
 *
 * @throws BadQuestion if it is of another type, too long or malformed
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const text = await readText(request);
  if (type !== 'application/json') throw new BadQuestion('Content-Type must be application/json.', 'body');
  if (text === undefined)
    throw new BadQuestion(`The body must have no more than ${MAX_BYTES} bytes.`, 'body');
  try {
    return JSON.parse(text);
  } catch {
    throw new BadQuestion('The body must be JSON.', 'body');
  }
}

/** Reads on beyond the limit without keeping the bytes, so that the caller still gets an answer. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) chunks.push(chunk);
  }
  return bytes <= MAX_BYTES ? Buffer.concat(chunks).toString() : undefined;
}
