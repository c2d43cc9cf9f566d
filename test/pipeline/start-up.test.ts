import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { run } from '../support/programs.js';

let stage: DeliveryStage;

beforeEach(async () => {
  stage = await DeliveryStage.open();
});

afterEach(() => stage.close());

interface Loaded {
  readonly atFirst: readonly string[];
  readonly atLast: readonly string[];
  readonly report: DeliveryReport;
}

/** Paths and names of what no program should wait for before its first line is logged. */
const heavy: Readonly<Record<string, RegExp>> = {
  'the AWS SDK': /node_modules\/@(aws-sdk|smithy)\//,
  'any other package': /node_modules\/(?!@aws-sdk\/|@smithy\/)/,
  'spool, worker mode and other sinks': /dist\/cjs\/runtime\/(spool|worker|sinks)\/[\w-]+\.js$/,
  'modules of Node.js that are slow to load':
    /^NativeModule (crypto|zlib|child_process|worker_threads|http)$/,
};

/** Entry points, what they share with the thread and with the ports, and one that knows its folder: a file takes long to find. */
const MAX_FILES = 8;

test('the AWS SDK is loaded one module in a turn of the event loop', async () => {
  const program = join(root, 'test/pipeline/programs/loads-the-sdk.mjs');
  const { stdout } = await run([program], stage.service.endpoint);
  const { delivered, perTurn } = JSON.parse(stdout) as { delivered: number; perTurn: readonly number[] };

  expect(delivered).toBe(1);
  expect(Math.max(...perTurn)).toBe(1);
  expect(perTurn.length).toBeGreaterThan(10);
});

describe.each(['import', 'require'])('a program that gets its logger by %s', (how) => {
  test.each([
    ['auto', 0],
    ['sdk', 1],
  ])(
    'has loaded nothing heavy when its first line is logged, and delivers it: client %s',
    async (client, sdk) => {
      const program = join(root, 'test/pipeline/programs/starts.mjs');
      const { stdout } = await run([program, how, client], stage.service.endpoint);
      const { atFirst, atLast, report } = JSON.parse(stdout) as Loaded;

      for (const what of Object.values(heavy)) expect(atFirst.filter((each) => what.test(each))).toEqual([]);
      expect(atFirst.filter((each) => each.includes('/dist/')).length).toBeLessThanOrEqual(MAX_FILES);
      expect(Math.min(1, atLast.filter((each) => heavy['the AWS SDK']!.test(each)).length)).toBe(sdk);
      expect(report).toMatchObject({ accepted: 1, delivered: 1, pending: 0 });
    },
  );
});

test('a bundle in one file has loaded no module of Node.js that is slow to load either', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'start-up-'));
  const outfile = join(folder, 'bundle.cjs');
  const contents = `
    Object.assign(process.env, { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp', AWS_REGION: 'us-east-1' });
    const { getLogger } = require('./dist/bundle/runtime/index.js');
    getLogger().info('order placed');
    const modules = process.moduleLoadList;
    require('node:fs').writeSync(1, JSON.stringify(modules));
    process.reallyExit(0);`;
  await build({
    stdin: { contents, resolveDir: root },
    outfile,
    bundle: true,
    platform: 'node',
    logLevel: 'error',
  });

  const { stdout } = await run([outfile], stage.service.endpoint);
  rmSync(folder, { recursive: true });

  const slow = /^NativeModule (crypto|zlib|child_process|worker_threads|http|net|tty|stream)$/;
  expect((JSON.parse(stdout) as string[]).filter((each) => slow.test(each))).toEqual([]);
});
