import { CloudWatchLogs, type FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';

/** All that programs have delivered, in all log streams. */
export async function storedAt(endpoint: string): Promise<FilteredLogEvent[]> {
  const credentials = { accessKeyId: 'AKIDREADER', secretAccessKey: 'secret' };
  const client = new CloudWatchLogs({ endpoint, region: 'us-east-1', credentials });
  try {
    const { logGroups = [] } = await client.describeLogGroups();
    const groups = logGroups.map(async ({ logGroupName }) => eventsOf(client, logGroupName!));
    return (await Promise.all(groups)).flat();
  } finally {
    client.destroy();
  }
}

async function eventsOf(client: CloudWatchLogs, logGroupName: string): Promise<FilteredLogEvent[]> {
  const stored: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.filterLogEvents({ logGroupName, nextToken });
    stored.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return stored;
}

/** The numbers of events, in ascending order. */
export function idsOf(stored: readonly FilteredLogEvent[]): number[] {
  const ids = stored.map(({ message = '' }) => idOf(message));
  return ids.toSorted((a, b) => a - b);
}

export function idOf(message: string): number {
  return (JSON.parse(message) as { id: number }).id;
}
