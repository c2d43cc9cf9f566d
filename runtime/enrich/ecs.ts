import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Clock } from '../io/clock.js';
import { afterLoopTime } from '../io/loop-timer.js';
import type { Fields } from '../log-record.js';
import { untraced } from '../io/open-telemetry.js';
import { knownFields } from './variables.js';

/** The metadata endpoint is on the same machine. */
const TIME_LIMIT_MS = 1_000;

/** Many times the size of an answer. */
const MAX_CHARACTERS = 262_144;

/** The members used here of the endpoint's answer for a container, version 4. */
interface ContainerMetadata {
  readonly Name?: unknown;
  readonly Image?: unknown;
  readonly Labels?: Readonly<Record<string, unknown>>;
}

const asked = new Map<string, Promise<Fields>>();

/**
 * Asks the metadata endpoint for task and container, with one request that does not keep the process alive. Who asks while it
 * is under way gets the same answer.
 *
 * @throws Error if the endpoint does not answer within a second, or not with metadata.
 */
export function ecsFields(uri: string, clock: Clock): Promise<Fields> {
  const answer = asked.get(uri) ?? ask(uri, clock).finally(() => asked.delete(uri));
  asked.set(uri, answer);
  return answer;
}

async function ask(uri: string, clock: Clock): Promise<Fields> {
  const { Name, Image, Labels } = JSON.parse(await metadata(uri, clock)) as ContainerMetadata;
  return knownFields({
    taskArn: asText(Labels?.['com.amazonaws.ecs.task-arn']),
    // Some platforms give the short name, others the ARN, which ends with it.
    cluster: asText(Labels?.['com.amazonaws.ecs.cluster'])?.replace(/^.*\//, ''),
    containerName: asText(Labels?.['com.amazonaws.ecs.container-name']) ?? asText(Name),
    image: asText(Image),
  });
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

async function metadata(uri: string, clock: Clock): Promise<string> {
  const { get } = await import('node:http');
  const request: ClientRequest = untraced(() => get(uri, { agent: false }));
  request.on('socket', (socket) => socket.unref());
  const tooLate = (): void => void request.destroy(new Error(`no answer within ${TIME_LIMIT_MS} ms`));
  const timer = afterLoopTime(clock, TIME_LIMIT_MS, tooLate);
  try {
    return await answerTo(request);
  } finally {
    timer.cancel();
  }
}

function answerTo(request: ClientRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => void bodyOf(response).then(resolve, reject));
  });
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  if (response.statusCode !== 200) {
    response.destroy();
    throw new Error(`status ${response.statusCode}`);
  }
  let body = '';
  for await (const text of response.setEncoding('utf8')) {
    body += text;
    if (body.length > MAX_CHARACTERS) throw new Error(`more than ${MAX_CHARACTERS} characters`);
  }
  return body;
}
