import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { startLocalCloudWatchLogs, type LocalCloudWatchLogs } from '../../../local/index.js';

export interface StoredEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** A local server, and what each subject has stored there. */
export class Service {
  readonly server: LocalCloudWatchLogs;
  readonly #client: CloudWatchLogs;

  private constructor(server: LocalCloudWatchLogs) {
    this.server = server;
    const credentials = { accessKeyId: 'AKIDREADER', secretAccessKey: 'secret' };
    this.#client = new CloudWatchLogs({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  }

  static async start(): Promise<Service> {
    return new Service(await startLocalCloudWatchLogs());
  }

  /** Events in the stream of a subject, by millisecond, then by arrival. */
  async stored(subject: string): Promise<StoredEvent[]> {
    const target = { logGroupName: '/adapters', logStreamName: subject, startFromHead: true };
    const stored: StoredEvent[] = [];
    for (let nextToken: string | undefined; ;) {
      const page = await this.#client.getLogEvents({ ...target, ...(nextToken && { nextToken }) });
      const events = page.events ?? [];
      stored.push(...events.map(({ timestamp = 0, message = '' }) => ({ timestamp, message })));
      if (page.nextForwardToken === nextToken) return stored;
      nextToken = page.nextForwardToken;
    }
  }

  /** How many events the subject has stored, also before its stream is there. */
  count(subject: string): Promise<number> {
    return this.stored(subject).then(
      (events) => events.length,
      () => 0,
    );
  }

  async stop(): Promise<void> {
    this.#client.destroy();
    await this.server.close();
  }
}
