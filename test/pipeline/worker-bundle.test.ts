import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { divertedIds, run, runWith, storedIds } from '../support/programs.js';

const programs = join(root, 'test/pipeline/programs');
const all = Array.from({ length: 1_000 }, (_, id) => id);

let stage: DeliveryStage;
let folder: string;

beforeEach(async () => {
  // Away from the tree, where no package is found that is not in the bundle.
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  stage = await DeliveryStage.open();
});

afterEach(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

interface Form {
  readonly format: 'esm' | 'cjs';
  readonly extension: string;
}

const forms: readonly Form[] = [
  { format: 'cjs', extension: '.cjs' },
  { format: 'esm', extension: '.mjs' },
];

/** As the documentation says: two entry points. */
async function bundle({ format, extension }: Form, entryPoints: Record<string, string>): Promise<string> {
  await build({
    entryPoints,
    outdir: folder,
    outExtension: { '.js': extension },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    // The package as it is built, and not the sources that the configuration of the compiler names.
    tsconfigRaw: {},
    absWorkingDir: root,
    logLevel: 'error',
  });
  return join(folder, `application${extension}`);
}

const application = join(programs, 'worker-bundled.mjs');

describe.each(forms)('bundled by esbuild as $format', (form) => {
  test('the worker is found beside the application, and delivers everything at exit by the AWS SDK that it brings along', async () => {
    const program = await bundle(form, { application, 'fapilog-worker': 'fapilog-cloudwatch/worker' });
    const env = { SERVICE_URL: stage.service.endpoint, FAPILOG_CLOUDWATCH__CLIENT: 'sdk' };
    const { code, stdout, stderr } = await runWith([program], { ...process.env, ...env }, { cwd: folder });

    expect([code, stderr]).toEqual([3, '']);
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 1_000, delivered: 1_000, pending: 0 });
    expect(await storedIds(stage)).toEqual(all);
  }, 90_000);

  test('without the second entry point it says what to do, and goes on without a worker', async () => {
    const program = await bundle(form, { application });
    const { code, stdout, stderr } = await run([program], stage.service.endpoint);
    const { accepted, pending, diverted } = JSON.parse(stdout) as DeliveryReport;

    expect(code).toBe(3);
    expect([accepted, pending, diverted.byReason]).toEqual([1_000, 0, { exit: 1_000 }]);
    expect(divertedIds(stderr)).toEqual(all);
    expect(stderr).toContain(
      'bundle "fapilog-cloudwatch/worker" as a second entry point named fapilog-worker',
    );
  }, 90_000);
});
