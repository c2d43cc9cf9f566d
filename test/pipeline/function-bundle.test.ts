import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build, type Format } from 'esbuild';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { divertedIds, run, runWith, storedIds, type Ended } from '../support/programs.js';
import { StsStub } from '../support/sts-stub.js';

const logs = `export { handler } from './bundled-function.mjs';`;
const logsBySdk = `import 'fapilog-cloudwatch/sdk'; ${logs}`;

/** Minified: this package, and nothing of the AWS SDK. What spares the quotas of the account under throttling is 2 kB of it. */
const MAX_BYTES = 300_000;

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

/** As CDK bundles a function, which leaves the AWS SDK to the runtime of Lambda. */
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
    external: ['@aws-sdk/*'],
    metafile: true,
    absWorkingDir: root,
    logLevel: 'error',
  });
  const [output] = Object.values(metafile.outputs);
  return { program, bytes: output!.bytes, sources: Object.keys(metafile.inputs) };
}

const CLIENT = { FAPILOG_CLOUDWATCH__CLIENT: 'sdk' };

/** Runs the function with these variables, too. */
function runIn(program: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  return runWith([program], { ...process.env, SERVICE_URL: stage.service.endpoint, ...env });
}

describe.each<Format>(['cjs', 'esm'])('a function that is bundled as %s', (format) => {
  test('is one file, with nothing of the AWS SDK', async () => {
    const { program, bytes } = await bundle(logs, format);

    expect(bytes).toBeLessThan(MAX_BYTES);
    expect(readdirSync(folder)).toEqual([basename(program)]);
    expect(readFileSync(program, 'utf8')).not.toContain('NodeHttpHandler');
  });

  test('finds the AWS SDK where Lambda has it', async () => {
    const { program } = await bundle(logs, format);
    const env = { ...CLIENT, NODE_PATH: join(root, 'node_modules') };
    const { stdout, stderr } = await runIn(program, env);

    expect(stderr).not.toContain('fapilog');
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 1, delivered: 1, pending: 0 });
    expect(await storedIds(stage)).toEqual([0]);
  });

  test('says what to do where it needs the AWS SDK and there is none, and loses nothing', async () => {
    const { program } = await bundle(logs, format);
    const env = { ...CLIENT, DEADLINE_MS: '1000', FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '1' };
    const { stderr } = await runIn(program, env);

    expect(stderr).toContain(
      'SdkMissing: the AWS SDK is needed here, and is neither in the bundle nor installed',
    );
    expect(stderr).toContain(
      `; import 'fapilog-cloudwatch/sdk' in what is bundled, or npm install @aws-sdk/`,
    );
    expect(divertedIds(stderr)).toEqual([0]);
  });

  test('delivers by the AWS SDK that it took along', async () => {
    const { program } = await bundle(logsBySdk, format);
    const { stdout, stderr } = await runIn(program, CLIENT);

    expect(stderr).not.toContain('fapilog');
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 1, delivered: 1, pending: 0 });
    expect(await storedIds(stage)).toEqual([0]);
  });

  test('delivers with the credentials of a role, for which it signs a call to STS', async () => {
    const sts = await StsStub.start();
    const { program } = await bundle(logsBySdk, format);
    await runIn(program, {
      AWS_ENDPOINT_URL_STS: sts.endpoint,
      FAPILOG_CLOUDWATCH__ROLE_ARN: 'arn:aws:iam::123456789012:role/writer',
    });
    await sts.stop();

    expect(sts.calls).toMatchObject([{ accessKeyId: process.env['AWS_ACCESS_KEY_ID'], region: 'us-east-1' }]);
    expect(await storedIds(stage)).toEqual([0]);
    expect(stage.puts.map(({ accessKeyId }) => accessKeyId)).toEqual(['ASSUMED1']);
  });

  test('reads settings from a JSON file', async () => {
    const file = join(folder, 'logging.json');
    writeFileSync(file, '{ "sink_config": { "cloudwatch": { "log_group_name": "/myapp/production" } } }');
    const { program } = await bundle(logsBySdk, format);
    await run([program, file], stage.service.endpoint);

    expect(await storedIds(stage)).toEqual([0]);
  });

  test('reads settings from a YAML file if it takes the parser along', async () => {
    const file = join(folder, 'logging.yaml');
    writeFileSync(file, 'sink_config:\n  cloudwatch:\n    log_group_name: /myapp/production\n');
    const { program } = await bundle(`import 'fapilog-cloudwatch/yaml'; ${logsBySdk}`, format);
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
