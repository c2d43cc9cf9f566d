import { readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { announcementOf } from '../../../cli/local/announcement.js';
import { callerIn } from '../../../cli/local/caller.js';
import { type LocalCloudWatchLogs, startLocalCloudWatchLogs } from '../../../local/index.js';
import { SsmStub } from '../../support/ssm-stub.js';
import { StsStub } from '../../support/sts-stub.js';
import { BlockProject } from './block-project.js';
import type { Block } from './block.js';
import { moduleText } from './module-text.js';
import { sceneOf } from './scenes.js';

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
  readonly lines: readonly string[];
}

/** A program that has not ended by then never does. */
const PATIENCE_MS = 50_000;

/** Runs a block as a program of its own, with the variables that `fapilog-cloudwatch local` prints. */
export async function runBlock({ code }: Block): Promise<Deeds> {
  const scene = sceneOf(code);
  const project = new BlockProject({
    'app.js': moduleText(code.replace(...(scene?.replaced ?? ['', ''])), scene?.next),
    'invoke.mjs': readFileSync(join(__dirname, 'invoke.mjs'), 'utf8'),
    'asked-once.mjs': readFileSync(join(__dirname, 'asked-once.mjs'), 'utf8'),
    ...scene?.files,
  });
  const server = await startLocalCloudWatchLogs();
  const sts = await StsStub.start();
  const ssm = scene?.parameters && (await SsmStub.start(scene.parameters));
  try {
    const env = { ...environmentOf(server), AWS_ENDPOINT_URL_STS: sts.endpoint, ...ssm?.environment };
    const ended = await run(project.path, { ...env, ...scene?.env });
    return { ...ended, stored: await storedIn(server) };
  } finally {
    await Promise.all([server.close(), sts.stop(), ssm?.stop()]);
    project.remove();
  }
}

function environmentOf(server: LocalCloudWatchLogs): Record<string, string> {
  return {
    PATH: process.env['PATH']!,
    HOME: '/nonexistent',
    ...announcementOf(server.endpoint, callerIn({ HOME: '/nonexistent' }), {}).environment,
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/local',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

function run(cwd: string, env: Record<string, string>): Promise<Omit<Deeds, 'stored'>> {
  const child = spawn(process.execPath, ['--import', './asked-once.mjs', 'app.js'], {
    cwd,
    env,
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ by: code ?? signal ?? -1, stdout, stderr }));
  });
}

/** The streams that calls have written to, and the lines in them. */
async function storedIn(server: LocalCloudWatchLogs): Promise<Stream[]> {
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
      lines: events.map(({ message = '' }) => message),
    };
  });
  return (await Promise.all(streams)).toSorted((a, b) => a.name.localeCompare(b.name));
}
