import { CloudWatchLogs, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import {
  type FaultCall,
  type LocalCloudWatchLogs,
  provisionLogGroups,
  startLocalCloudWatchLogs,
} from '../../local/index.js';
import { grantsOf, matches } from '../../local/policies/grants.js';
import type { NamedPolicy } from '../../local/policies/index.js';
import { type Deployed, REGION } from './deployed.js';

/** Credentials of the program, by which the server knows its calls. */
const PROGRAM_KEY = 'AKIDPROGRAM';

const ACCOUNT = '123456789012';

/** What is in the log group. */
export interface Stored {
  readonly lines: readonly string[];
  readonly streams: readonly string[];
}

/** A local server with the log group of a deployment, where a program may do what its role's policies allow. */
export class Room {
  readonly #server: LocalCloudWatchLogs;
  readonly #client: CloudWatchLogs;
  readonly #logGroupName: string;

  private constructor(server: LocalCloudWatchLogs, logGroupName: string) {
    this.#server = server;
    this.#logGroupName = logGroupName;
    this.#client = new CloudWatchLogs({
      region: REGION,
      endpoint: server.endpoint,
      credentials: { accessKeyId: 'AKIDOWNER', secretAccessKey: 'secret' },
    });
  }

  static async for({ template, environment, policies }: Deployed): Promise<Room> {
    const server = await startLocalCloudWatchLogs({
      faults: [
        { kind: 'accessDenied', operation: '*', times: Infinity, when: (call) => isDenied(call, policies) },
      ],
    });
    const room = new Room(server, environment['FAPILOG_CLOUDWATCH__LOG_GROUP_NAME']!);
    await provisionLogGroups(room.#client, template);
    return room;
  }

  /** Variables of the machine, beside those of the construct. */
  get environment(): Record<string, string> {
    return {
      AWS_ACCESS_KEY_ID: PROGRAM_KEY,
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: REGION,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      FAPILOG_CLOUDWATCH__ENDPOINT_URL: this.#server.endpoint,
    };
  }

  async stored(): Promise<Stored> {
    const lines: string[] = [];
    const streams = new Set<string>();
    const pages = paginateFilterLogEvents({ client: this.#client }, { logGroupName: this.#logGroupName });
    for await (const { events = [] } of pages)
      for (const { message = '', logStreamName = '' } of events) {
        lines.push(message);
        streams.add(logStreamName);
      }
    return { lines, streams: [...streams] };
  }

  async close(): Promise<void> {
    this.#client.destroy();
    await this.#server.close();
  }
}

/**
 * Whether no statement allows the program's call. The policies of a writer have no `Deny` and no conditions, which this does
 * not evaluate.
 */
export function isDenied(call: FaultCall, policies: readonly NamedPolicy[]): boolean {
  if (call.accessKeyId !== PROGRAM_KEY) return false;
  const { operation, logGroupName, logStreamName } = call;
  const group = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${logGroupName}`;
  const resource = logStreamName === '' ? group : `${group}:log-stream:${logStreamName}`;
  return !policies
    .flatMap(grantsOf)
    .some((grant) => !grant.isInverted && matches(grant, { action: `logs:${operation}`, resource }));
}
