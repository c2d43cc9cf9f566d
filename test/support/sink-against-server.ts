import { CloudWatchLogs, type OutputLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import {
  type CallRecord,
  type LocalCloudWatchLogs,
  type LocalCloudWatchLogsOptions,
  startLocalCloudWatchLogs,
} from '../../local/index.js';
import type { Target } from '../../runtime/batch/target.js';
import { systemClock } from '../../runtime/io/clock.js';
import { withEdges } from '../../runtime/edges.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';

const REGION = 'us-east-1';

/** The SDK finds these where it finds those of any process. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIDLOCAL',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/**
 * A real server and sinks that deliver to it over HTTP. The time by which both judge the age of events stands still,
 * so that a boundary is one; all timers run.
 */
export class SinkBench {
  readonly nowMs: number;
  readonly server: LocalCloudWatchLogs;
  readonly client: CloudWatchLogs;
  /** What sinks wrote instead of delivering it. */
  readonly stderr: string[] = [];
  readonly #sinks: CloudWatchSink[] = [];
  readonly #environment = process.env;
  #targets = 0;

  private constructor(server: LocalCloudWatchLogs, nowMs: number) {
    this.server = server;
    this.nowMs = nowMs;
    process.env = { ...process.env, ...CREDENTIALS };
    this.client = new CloudWatchLogs({ endpoint: server.endpoint, region: REGION });
  }

  static async start(options: LocalCloudWatchLogsOptions = {}): Promise<SinkBench> {
    const nowMs = Date.now();
    return new SinkBench(await startLocalCloudWatchLogs({ clock: () => nowMs, ...options }), nowMs);
  }

  /** A target that no other sink of this bench has; it is not created. */
  newTarget(): Target {
    return { logGroupName: `/bench/${++this.#targets}`, logStreamName: 'writer' };
  }

  async created(target: Target): Promise<Target> {
    await this.client.createLogGroup({ logGroupName: target.logGroupName });
    await this.client.createLogStream({ ...target });
    return target;
  }

  sink(options: CloudWatchSinkOptions): CloudWatchSink {
    const sink = new CloudWatchSink(
      withEdges(
        { env: {}, endpointUrl: this.server.endpoint, region: REGION, ...options },
        {
          clock: { ...systemClock, now: () => this.nowMs },
          writeStderr: (text) => {
            this.stderr.push(text);
            return true;
          },
        },
      ),
    );
    this.#sinks.push(sink);
    return sink;
  }

  /** The PutLogEvents calls to a stream, in order of arrival. */
  puts({ logGroupName, logStreamName }: Target): CallRecord[] {
    return this.server.calls.filter(
      (call) =>
        call.operation === 'PutLogEvents' &&
        call.logGroupName === logGroupName &&
        call.logStreamName === logStreamName,
    );
  }

  /** What is stored in a stream, as a reader gets it: by millisecond, then by arrival. */
  async stored({ logGroupName, logStreamName }: Target): Promise<OutputLogEvent[]> {
    const stored: OutputLogEvent[] = [];
    for (let nextToken: string | undefined; ;) {
      const page = await this.client.getLogEvents({
        logGroupName,
        logStreamName,
        startFromHead: true,
        nextToken,
      });
      stored.push(...(page.events ?? []));
      if (page.nextForwardToken === nextToken) return stored;
      nextToken = page.nextForwardToken;
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#sinks.map((sink) => sink.close({ deadlineMs: 0 })));
    this.client.destroy();
    await this.server.close();
    process.env = this.#environment;
  }
}
