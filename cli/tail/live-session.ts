import type { LiveTailSessionLogEvent, StartLiveTailResponseStream } from '@aws-sdk/client-cloudwatch-logs';
import type { TailedEvent } from './tailed-event.js';

/** What a session sent in one message. */
export interface LiveUpdate {
  readonly events: readonly TailedEvent[];
  /** Whether more matched than it sent. */
  readonly isSampled: boolean;
}

/** The updates of a session. An error in the stream is thrown by it. */
export async function* updatesOf(
  stream: AsyncIterable<StartLiveTailResponseStream>,
): AsyncGenerator<LiveUpdate, void, undefined> {
  for await (const { sessionUpdate } of stream) {
    if (sessionUpdate === undefined) continue;
    const { sessionResults = [], sessionMetadata } = sessionUpdate;
    const events = sessionResults.map(eventOf).toSorted((one, other) => one.timestamp - other.timestamp);
    yield { events, isSampled: sessionMetadata?.sampled === true };
  }
}

function eventOf(event: LiveTailSessionLogEvent): TailedEvent {
  const { logGroupIdentifier = '', logStreamName = '', timestamp = 0, ingestionTime, message = '' } = event;
  const logGroup = groupName(logGroupIdentifier);
  return { logGroup, logStream: logStreamName, timestamp, ingestionTime, eventId: undefined, message };
}

/** The service names a log group by its ARN, or with its account: `123456789012:/myapp` (seen in examples). */
function groupName(identifier: string): string {
  return identifier.replace(/^arn:.*:log-group:/, '').replace(/^\d{12}:/, '');
}
