import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalCloudWatchLogs } from '../../../local/index.js';
import { SsmStub } from '../../support/ssm-stub.js';
import { StsStub } from '../../support/sts-stub.js';
import { BlockProject } from '../../support/block-project.js';
import type { Block } from '../../support/document-blocks.js';
import { type Deeds, ended, laptopEnvironment, storedIn } from './deeds.js';
import { moduleText } from '../../support/module-text.js';
import { sceneOf } from './scenes.js';

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
    const env = { ...laptopEnvironment(server), AWS_ENDPOINT_URL_STS: sts.endpoint, ...ssm?.environment };
    const args = ['--import', './asked-once.mjs', 'app.js'];
    const child = spawn(process.execPath, args, { cwd: project.path, env: { ...env, ...scene?.env } });
    const deeds = await ended(child);
    return { ...deeds, stored: await storedIn(server) };
  } finally {
    await Promise.all([server.close(), sts.stop(), ssm?.stop()]);
    project.remove();
  }
}
