import { paginateFilterLogEvents, type CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';

/** What the service knows of a log group: its settings, and all its events. */
export interface StoredLogs {
  readonly retentionInDays: number | undefined;
  readonly logStreamNames: readonly string[];
  readonly events: readonly StoredEvent[];
}

export interface StoredEvent {
  readonly timestamp: number;
  /** The line, parsed. */
  readonly line: Readonly<Record<string, unknown>>;
}

export async function readBack(client: CloudWatchLogs, logGroupName: string): Promise<StoredLogs> {
  const { logGroups = [] } = await client.describeLogGroups({ logGroupNamePrefix: logGroupName });
  const { logStreams = [] } = await client.describeLogStreams({ logGroupName });
  const events: StoredEvent[] = [];
  for await (const page of paginateFilterLogEvents({ client }, { logGroupName })) {
    for (const { timestamp = 0, message = '' } of page.events ?? []) {
      events.push({ timestamp, line: JSON.parse(message) as Record<string, unknown> });
    }
  }
  return {
    retentionInDays: logGroups.find((group) => group.logGroupName === logGroupName)?.retentionInDays,
    logStreamNames: logStreams.flatMap(({ logStreamName }) => logStreamName ?? []),
    events,
  };
}
