import { isMap } from '../../local/api/json.js';
import { loadSdk, localClient } from '../sdk.js';
import type { Caller } from './caller.js';
import type { LossLine } from './account.js';

/** The sink's lines about missing events have this field. */
const PATTERN = '{ $.droppedEvents > 0 }';

/** Reads from log groups what the sink wrote about events that are missing in them. A group that is gone has none. */
export async function lossLines(
  endpoint: string,
  { accountId, region }: Caller,
  logGroupNames: readonly string[],
): Promise<LossLine[]> {
  const { paginateFilterLogEvents } = await loadSdk();
  const client = await localClient({ endpoint, accountId, region });
  const found: LossLine[] = [];
  for (const logGroupName of logGroupNames) {
    try {
      const pages = paginateFilterLogEvents({ client }, { logGroupName, filterPattern: PATTERN });
      for await (const { events = [] } of pages) {
        for (const { logStreamName = '', message = '' } of events)
          found.push({ logGroupName, logStreamName, message: textOf(message) });
      }
    } catch (error) {
      if ((error as Error).name !== 'ResourceNotFoundException') throw error;
    }
  }
  client.destroy();
  return found;
}

function textOf(line: string): string {
  const record = JSON.parse(line) as unknown;
  return isMap(record) && typeof record['message'] === 'string' ? record['message'] : line;
}
