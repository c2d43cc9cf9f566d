import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { type LocalCloudWatchLogs, startLocalCloudWatchLogs } from '../../../local/index.js';
import { root } from '../../support/imports.js';
import type { Block } from '../../support/document-blocks.js';
import { type Deeds, ended, laptopEnvironment, storedIn } from './deeds.js';
import { ShellFolder, shellOf } from './shell-folder.js';

/** Our commands that end by themselves and need no more than the server. Examples have tests of their own. */
const RUN = /fapilog-cloudwatch (?:emit|query) /;
const OTHERS = /fapilog-cloudwatch (?!emit|query)/;

export function isShellProgram({ page, language, code }: Block): boolean {
  return language === 'sh' && !page.startsWith('examples/') && RUN.test(code) && !OTHERS.test(code);
}

/** What other programs write: an event of two lines, and one of JSON. */
const INPUT = `2026-01-15 12:00:00 request failed
    in a second line
2026-01-15 12:00:01 {"level":50,"msg":"payment failed"}
`;

/** Our command is the one that is built; whatever else writes lines writes these. The AWS CLI is not here. */
function scriptOf(command: string): string {
  const own = `exec '${process.execPath}' '${join(root, 'dist/cli/main.js')}' "$@"`;
  if (command === 'npx') return `shift; ${own}`;
  if (command === 'fapilog-cloudwatch') return own;
  return command === 'aws' ? ':' : `printf '%s' '${INPUT}'`;
}

/** Gives a block to a shell that has our command, in the environment that `fapilog-cloudwatch local` prints. */
export async function runShellBlock(block: Block): Promise<Deeds> {
  const folder = new ShellFolder(scriptOf);
  writeFileSync(join(folder.work, 'import.log'), INPUT);
  const server = await startLocalCloudWatchLogs();
  try {
    if (block.code.includes('query')) await fill(server);
    const env = { ...laptopEnvironment(server), ...folder.environment };
    const child = spawn(...shellOf(block), { cwd: folder.work, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const { by, stdout, stderr } = await ended(child);
    const stored = block.code.includes('query') ? [] : await storedIn(server);
    return { by, stdout, stderr, stored };
  } finally {
    await server.close();
    folder.remove();
  }
}

/** Stores what the page of `query` counts, in the log groups that the documents ask. */
async function fill(server: LocalCloudWatchLogs): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchLogs({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  const levels = [...Array.from({ length: 214 }, () => 'info'), ...Array.from({ length: 3 }, () => 'error')];
  const timestamp = Date.now() - 1_000;
  const logEvents = levels.map((level) => ({ timestamp, message: JSON.stringify({ level }) }));
  for (const logGroupName of ['/myapp/production', '/myapp/local']) {
    const target = { logGroupName, logStreamName: 'api' };
    await client.createLogGroup({ logGroupName });
    await client.createLogStream(target);
    await client.putLogEvents({ ...target, logEvents });
  }
  client.destroy();
}
