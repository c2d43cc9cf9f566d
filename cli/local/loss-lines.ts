import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { isMap } from '../../local/api/json.js';
import { loadSdk, localClient } from '../sdk.js';
import type { Caller } from './caller.js';
import type { LossLine } from './account.js';

/** The sink's lines about missing events have this field. */
const PATTERN = '{ $.droppedEvents > 0 }';

/**
 * Reads from log groups what the sink wrote about events that are missing in them. A log group that cannot be read, such as one of
 * a class without FilterLogEvents, has a line that says so.
 */
export async function lossLines(
  endpoint: string,
  { accountId, region }: Caller,
  logGroupNames: readonly string[],
): Promise<LossLine[]> {
  const client = await localClient({ endpoint, accountId, region });
  const found: LossLine[] = [];
  for (const name of logGroupNames) {
    const lines = await linesIn(client, name).catch((error: unknown) => unreadable(name, error as Error));
    found.push(...lines);
  }
  client.destroy();
  return found;
}

async function linesIn(client: CloudWatchLogs, logGroupName: string): Promise<LossLine[]> {
  const { paginateFilterLogEvents } = await loadSdk();
  const found: LossLine[] = [];
  for await (const { events = [] } of paginateFilterLogEvents(
    { client },
    { logGroupName, filterPattern: PATTERN },
  )) {
    for (const { logStreamName = '', message = '' } of events)
      found.push({ logGroupName, logStreamName, message: textOf(message) });
  }
  return found;
}

/** One that is not there has lost nothing. */
function unreadable(logGroupName: string, { name, message }: Error): LossLine[] {
  if (name === 'ResourceNotFoundException') return [];
  return [
    { logGroupName, logStreamName: '', message: `what was lost on the way cannot be read: ${message}` },
  ];
}

function textOf(line: string): string {
  const record = JSON.parse(line) as unknown;
  return isMap(record) && typeof record['message'] === 'string' ? record['message'] : line;
}
