import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Format } from 'esbuild';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { run, runWith, storedIds } from '../support/programs.js';
import { StsStub } from '../support/sts-stub.js';

const logs = `export { handler } from './bundled-function.mjs';`;
const stock = `
  import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
  const client = new CloudWatchLogsClient({ region: 'us-east-1' });
  export const handler = (input) => client.send(new PutLogEventsCommand(input));`;

let stage: DeliveryStage;
let folder: string;

beforeEach(async () => {
  // Away from the tree, where no package is found that is not in the bundle.
  folder = mkdtempSync(join(tmpdir(), 'function-'));
  stage = await DeliveryStage.open();
});

afterEach(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

interface Bundle {
  readonly program: string;
  readonly bytes: number;
  readonly sources: readonly string[];
}

/** What the AWS SDK needs in a bundle of ES modules, as soon as it makes a call. */
const banner = {
  js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
};

/** As CDK bundles a function, but with the AWS SDK. */
async function bundle(source: string, format: Format): Promise<Bundle> {
  const program = join(folder, format === 'esm' ? 'function.mjs' : 'function.cjs');
  const { metafile } = await build({
    stdin: { contents: source, resolveDir: join(root, 'test/pipeline/programs') },
    outfile: program,
    bundle: true,
    minify: true,
    // The package as it is built, and not the sources that the configuration of the compiler names.
    tsconfigRaw: {},
    platform: 'node',
    target: 'node20',
    format,
    ...(format === 'esm' ? { banner } : {}),
    metafile: true,
    absWorkingDir: root,
    logLevel: 'error',
  });
  const [output] = Object.values(metafile.outputs);
  return { program, bytes: output!.bytes, sources: Object.keys(metafile.inputs) };
}

describe.each<Format>(['cjs', 'esm'])('a function that is bundled as %s', (format) => {
  test('is smaller with this package than with the client of the AWS SDK alone', async () => {
    const ours = await bundle(logs, format);
    const theirs = await bundle(stock, format);

    expect(ours.bytes).toBeLessThan(theirs.bytes);
  });

  test('delivers', async () => {
    const { program } = await bundle(logs, format);
    const { stdout, stderr } = await run([program], stage.service.endpoint);

    expect(stderr).not.toContain('fapilog');
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 1, delivered: 1, pending: 0 });
    expect(await storedIds(stage)).toEqual([0]);
  });

  test('delivers with the credentials of a role, for which it signs a call to STS', async () => {
    const sts = await StsStub.start();
    const { program } = await bundle(logs, format);
    const env = {
      ...process.env,
      SERVICE_URL: stage.service.endpoint,
      AWS_ENDPOINT_URL_STS: sts.endpoint,
      FAPILOG_CLOUDWATCH__ROLE_ARN: 'arn:aws:iam::123456789012:role/writer',
    };
    await runWith([program], env);
    await sts.stop();

    expect(sts.calls).toMatchObject([{ accessKeyId: process.env['AWS_ACCESS_KEY_ID'], region: 'us-east-1' }]);
    expect(await storedIds(stage)).toEqual([0]);
    expect(stage.puts.map(({ accessKeyId }) => accessKeyId)).toEqual(['ASSUMED1']);
  });

  test('reads settings from a JSON file', async () => {
    const file = join(folder, 'logging.json');
    writeFileSync(file, '{ "sink_config": { "cloudwatch": { "log_group_name": "/myapp/production" } } }');
    const { program } = await bundle(logs, format);
    await run([program, file], stage.service.endpoint);

    expect(await storedIds(stage)).toEqual([0]);
  });

  test('reads settings from a YAML file if it takes the parser along', async () => {
    const file = join(folder, 'logging.yaml');
    writeFileSync(file, 'sink_config:\n  cloudwatch:\n    log_group_name: /myapp/production\n');
    const { program } = await bundle(`import 'fapilog-cloudwatch/yaml'; ${logs}`, format);
    await run([program, file], stage.service.endpoint);

    expect(await storedIds(stage)).toEqual([0]);
  });

  test('says what to do if it does not', async () => {
    const file = join(folder, 'logging.yaml');
    writeFileSync(file, 'sink_config:\n  cloudwatch:\n    log_group_name: /myapp/production\n');
    const { program, sources } = await bundle(logs, format);
    const { code, stderr } = await run([program, file], stage.service.endpoint);

    expect(sources.filter((path) => path.endsWith('/yaml.js'))).toEqual([]);
    expect(code).toBe(1);
    expect(stderr).toContain(`in a bundle, import 'fapilog-cloudwatch/yaml'`);
  });
});
