import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { announcementOf } from '../../../cli/local/announcement.js';
import { callerIn } from '../../../cli/local/caller.js';
import type { LocalCloudWatchLogs } from '../../../local/index.js';

/** What a program of a block did. */
export interface Deeds {
  readonly stored: readonly Stream[];
  readonly stdout: string;
  readonly stderr: string;
  /** The exit status, or the signal that ended it. */
  readonly by: number | string;
}

export interface Stream {
  readonly name: string;
  readonly region: string;
  /** Their messages. */
  readonly events: readonly string[];
}

/** A program that has not ended by then never does. */
const PATIENCE_MS = 50_000;

/** What a program finds in a shell with the variables that `fapilog-cloudwatch local` prints. */
export function laptopEnvironment(server: LocalCloudWatchLogs): Record<string, string> {
  return {
    PATH: process.env['PATH']!,
    HOME: '/nonexistent',
    ...announcementOf(server.endpoint, callerIn({ HOME: '/nonexistent' }), {}).environment,
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/local',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/** Resolves once a process has ended, with what it has printed. */
export function ended(
  child: ChildProcessByStdio<Writable | null, Readable, Readable>,
): Promise<Omit<Deeds, 'stored'>> {
  const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(patience);
      resolve({ by: code ?? signal ?? -1, stdout, stderr });
    });
  });
}

/** The streams that calls have written to, and what is in them. */
export async function storedIn(server: LocalCloudWatchLogs): Promise<Stream[]> {
  const written = server.calls.filter(({ stored }) => stored > 0);
  const targets = new Map(
    written.map((call) => [`${call.region} ${call.logGroupName} ${call.logStreamName}`, call]),
  );
  const streams = [...targets.values()].map(async ({ region, accountId, logGroupName, logStreamName }) => {
    // A key names the account whose log groups it sees.
    const credentials = { accessKeyId: accountId, secretAccessKey: 'local' };
    const client = new CloudWatchLogs({ endpoint: server.endpoint, region, credentials });
    const { events = [] } = await client.getLogEvents({ logGroupName, logStreamName, startFromHead: true });
    client.destroy();
    return {
      name: `${logGroupName} ${logStreamName}`,
      region,
      events: events.map(({ message = '' }) => message),
    };
  });
  return (await Promise.all(streams)).toSorted((a, b) => a.name.localeCompare(b.name));
}
