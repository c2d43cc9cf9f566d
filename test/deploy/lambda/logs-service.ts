import { CloudWatchLogs, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import {
  type LocalCloudWatchLogs,
  provisionLogGroups,
  type ResolvedTemplate,
  startLocalCloudWatchLogs,
} from '../../../local/index.js';

const GROUP = '/myapp/production';

export type Line = Readonly<Record<string, unknown>>;

/** The service that a function delivers to, and what arrived there. */
export class LogsService {
  private constructor(
    readonly server: LocalCloudWatchLogs,
    readonly client: CloudWatchLogs,
  ) {}

  /** With the log groups of a deployment. */
  static async start(template: ResolvedTemplate): Promise<LogsService> {
    const server = await startLocalCloudWatchLogs();
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new CloudWatchLogs({ endpoint: server.endpoint, region: 'us-east-1', credentials });
    await provisionLogGroups(client, template);
    return new LogsService(server, client);
  }

  /** Log events that are stored, as of now. */
  get stored(): number {
    return this.server.calls.reduce((sum, call) => sum + call.stored, 0);
  }

  /** The calls that brought them. */
  puts(): object[] {
    return this.server.calls
      .filter(({ operation, status }) => operation === 'PutLogEvents' && status === 200)
      .map(({ status, events, stored, rejected }) => ({ status, events, stored, rejected }));
  }

  /** The lines of all streams, in the order of time. */
  async lines(): Promise<Line[]> {
    const found: Line[] = [];
    for await (const { events = [] } of paginateFilterLogEvents(
      { client: this.client },
      { logGroupName: GROUP },
    ))
      found.push(
        ...events.map(({ message = '', logStreamName }) => ({
          ...(JSON.parse(message) as Line),
          stream: logStreamName,
        })),
      );
    return found;
  }

  async close(): Promise<void> {
    this.client.destroy();
    await this.server.close();
  }
}

/** The lines that a function wrote to stderr because they could not be delivered. */
export function divertedLines(stderr: string): Line[] {
  return stderr
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse((JSON.parse(text) as { readonly message: string }).message) as Line);
}
