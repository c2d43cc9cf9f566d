import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { root } from '../support/imports.js';

/** What esbuild makes of an application with this source, for Node and as split modules. */
async function bundle(source: string): Promise<Metafile> {
  const { metafile } = await build({
    stdin: { contents: source, resolveDir: root, sourcefile: 'application.ts', loader: 'ts' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    outdir: join(root, 'dist', 'bundle'),
    write: false,
    metafile: true,
    absWorkingDir: root,
    logLevel: 'error',
  });
  return metafile;
}

/** Names of the packages from which these files are, sorted. */
function packages(files: readonly string[]): string[] {
  const names = files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(names)].toSorted();
}

/** Files that are loaded with the entry, before anything is called. */
function loadedAtOnce({ outputs }: Metafile): string[] {
  const entry = Object.keys(outputs).find((path) => outputs[path]!.entryPoint === 'application.ts');
  const chunks = new Set([entry!]);
  for (const chunk of chunks) {
    const next = outputs[chunk]!.imports.filter(({ kind }) => kind === 'import-statement');
    for (const { path, external } of next) if (!external) chunks.add(path);
  }
  return [...chunks].flatMap((chunk) => Object.keys(outputs[chunk]!.inputs));
}

const isCdk = (name: string): boolean => name === 'aws-cdk-lib' || name === 'constructs';
const isSdk = (name: string): boolean => /^@(aws-sdk|smithy|aws)\//.test(name);

describe('an application that logs', () => {
  let metafile: Metafile;

  beforeAll(async () => {
    metafile = await bundle(`export * from './runtime/index.js';`);
  });

  test('contains nothing of CDK', () => {
    expect(packages(Object.keys(metafile.inputs)).filter(isCdk)).toEqual([]);
  });

  test('contains the AWS SDK, and loads none of it before it is needed', () => {
    expect(packages(Object.keys(metafile.inputs)).filter(isSdk)).toContain('@aws-sdk/client-cloudwatch-logs');
    expect(packages(loadedAtOnce(metafile)).filter(isSdk)).toEqual([]);
  });

  test('loads its own code and a few small packages at once', () => {
    const loaded = loadedAtOnce(metafile);

    expect(loaded).toContain('runtime/client.ts');
    expect(packages(loaded)).toEqual(['@pinojs/redact', 'atomic-sleep', 'sonic-boom']);
  });
});

describe('a wrong application is found', () => {
  test('when it takes CDK along', async () => {
    const { inputs } = await bundle(
      `export * from './runtime/index.js'; export { Construct } from 'constructs';`,
    );

    expect(packages(Object.keys(inputs)).filter(isCdk)).toEqual(['constructs']);
  });

  test('when it loads the SDK at once', async () => {
    const metafile = await bundle(`export { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';`);

    expect(packages(loadedAtOnce(metafile)).filter(isSdk)).toContain('@aws-sdk/client-cloudwatch-logs');
  });
});
