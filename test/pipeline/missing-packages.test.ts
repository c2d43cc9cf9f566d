import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../support/imports.js';
import { SinkBench } from '../support/sink-against-server.js';

const run = promisify(execFile);

let folder: string;

/** A folder with the built package alone, without the dependencies that npm would install: peers are in `test/consumers`. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fapilog-alone-'));
  const home = join(folder, 'node_modules/fapilog-cloudwatch');
  for (const path of ['package.json', 'dist/cjs', 'dist/esm']) {
    await cp(join(root, path), join(home, path), { recursive: true });
  }
  await writeFile(join(folder, 'settings.yaml'), 'core:\n  log_level: debug\n');
});

afterAll(() => rm(folder, { recursive: true }));

/** The message of the error that the code throws in a program of its own. */
async function messageOf(format: 'import' | 'require', from: string, use: string): Promise<string> {
  const load = format === 'import' ? `await import('${from}')` : `require('${from}')`;
  const program = `(async () => { const it = ${load}; ${use} })().catch(({ message }) => console.log(message))`;
  const path = join(folder, format === 'import' ? 'program.mjs' : 'program.cjs');
  await writeFile(path, program);
  const others = Object.entries(process.env).filter(([name]) => !/^(FAPILOG|NODE)_/.test(name));
  const env = { ...Object.fromEntries(others), AWS_REGION: 'eu-central-1' };
  const { stdout } = await run(process.execPath, [path], { cwd: folder, env });
  return stdout.trimEnd();
}

describe.each(['import', 'require'] as const)('by %s', (format) => {
  test.each([
    [
      'the parser of YAML',
      'fapilog-cloudwatch',
      `new it.Settings({}, { env: {}, file: 'settings.yaml' })`,
      'npm install yaml',
    ],
    [
      'the AWS SDK',
      'fapilog-cloudwatch',
      `const told = await new Promise((resolve) => {
        const target = { logGroupName: '/myapp', logStreamName: 'api', region: 'eu-central-1' };
        const sink = new it.CloudWatchSink({ ...target, client: 'sdk', onDiagnostic: resolve });
        it.getLogger({ sinks: [sink] }).info('order placed');
      });
      setTimeout(() => process.exit(), 100);
      throw new Error(told.message)`,
      'npm install @aws-sdk/client-cloudwatch-logs @aws-sdk/credential-providers',
    ],
  ])('without %s, one line says what to install', async (_, from, use, advice) => {
    const message = await messageOf(format, from, use);

    expect(message).toContain(advice);
    expect(message.split('\n')).toHaveLength(1);
  });
});

test.each(['import', 'require'] as const)(
  'by %s, a client that the application brings needs no SDK here',
  async (format) => {
    const bench = await SinkBench.start();
    const [endpoint, sdk] = [bench.server.endpoint, join(root, 'package.json')].map((text) =>
      JSON.stringify(text),
    );
    const message = await messageOf(
      format,
      'fapilog-cloudwatch',
      `const { createRequire } = await import('node:module');
    const { CloudWatchLogsClient } = createRequire(${sdk})('@aws-sdk/client-cloudwatch-logs');
    const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
    const client = new CloudWatchLogsClient({ region: 'eu-central-1', endpoint: ${endpoint}, credentials });
    const sink = new it.CloudWatchSink({ logGroupName: '/myapp', logStreamName: 'api', client });
    const logger = it.getLogger({ sinks: [sink] });
    logger.info('order placed');
    const { delivered } = await logger.close();
    throw new Error('delivered ' + delivered)`,
    );
    await bench.stop();

    expect(message).toBe('delivered 1');
  },
);
