import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Consumer } from './support/consumer.js';
import { Installation } from './support/installation.js';
import { LocalServer } from './support/local-server.js';

const LOG_GROUP = '/myapp/local';
const PACKAGE = 'fapilog-cloudwatch';

let consumer: Consumer;
let server: LocalServer;

beforeAll(async () => {
  consumer = await Consumer.of('runtime-only');
  server = await LocalServer.start(consumer);
});

afterAll(async () => {
  await server?.close();
  consumer?.remove();
});

test.each([20, 22, 24, 26])('the first program of README delivers, by Node.js %d', async (node) => {
  const logGroup = `${LOG_GROUP}-${node}`;
  const env = { ...server.environment, FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: logGroup };

  expect(await consumer.node(['main.js'], { node, env })).toEqual({
    by: 0,
    stdout: '{"accepted":1,"delivered":1}\n',
    stderr: '',
  });
  const lines = await server.stored(logGroup);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ level: 'info', message: 'cloudwatch ready', service: 'api' }),
  ]);
});

/** A section of the page about the package, as the tarball has it. */
function sectionOf(heading: string): string {
  const sections = consumer.read(`node_modules/${PACKAGE}/docs/package.md`).split(/^## /m);
  return sections.find((each) => each.startsWith(`${heading}\n`)) ?? '';
}

function manifest(): {
  readonly exports: object;
  readonly peerDependencies: Readonly<Record<string, string>>;
} {
  return JSON.parse(consumer.read(`node_modules/${PACKAGE}/package.json`)) as ReturnType<typeof manifest>;
}

test('the page about the package names every entry point', () => {
  const section = sectionOf('What is in it');
  const names = Object.keys(manifest().exports).map((name) => name.slice('.'.length));

  expect(names).toContain('/winston');
  expect(
    names.filter((name) => !section.includes(`\`${PACKAGE}${name}\``) && !section.includes(`\`${name}\``)),
  ).toEqual([]);
});

describe('the installation', () => {
  let installation: Installation;

  beforeAll(() => {
    installation = new Installation(consumer);
  });

  test('runs no script, and has nothing that is deprecated', () => {
    expect(installation.namesWhere(({ hasInstallScript }) => hasInstallScript === true)).toEqual([]);
    expect(installation.namesWhere(({ deprecated }) => deprecated !== undefined)).toEqual([]);
  });

  test('has packages for the reasons that the documents give, each of which brings what they say', () => {
    const documented = [...sectionOf('What an installation brings').matchAll(/^\| `([^`]+)` \|/gm)].map(
      ([, name]) => name!,
    );

    expect(documented.toSorted()).toEqual(installation.dependenciesOf(PACKAGE).toSorted());
    const ofSdk = documented.filter((name) => name.startsWith('@aws-sdk/'));
    const bySdk = new Set(ofSdk.flatMap((name) => [...installation.broughtBy(name)]));
    const others = [...installation.packages.keys()].filter((name) => !bySdk.has(name));
    expect(others.toSorted()).toEqual(['@pinojs/redact', 'atomic-sleep', PACKAGE, 'sonic-boom', 'yaml']);
    // Releases of the SDK come and go by a package or two; twice as many would be another thing to install.
    expect(bySdk.size).toBeLessThan(40);
  });

  test('leaves out the peers that the documents name, with their ranges', () => {
    const section = sectionOf('Peers');

    for (const [name, range] of Object.entries(manifest().peerDependencies)) {
      expect(section).toContain(`\`${name}\``);
      expect(section).toContain(`\`${range}\``);
      expect(installation.packages.has(name)).toBe(false);
    }
  });

  test('has no licence that the documents do not name', () => {
    const names = ['Apache-2.0', 'MIT', 'ISC', '0BSD'];

    expect(installation.namesWhere(({ license = '' }) => !names.includes(license))).toEqual([]);
  });

  test.each([
    ['cyclonedx', 'components', { licenses: [{ license: { id: 'Apache-2.0' } }] }],
    ['spdx', 'packages', { licenseDeclared: 'Apache-2.0' }],
  ])('has a bill of materials as %s, with the licence', async (format, list, licence) => {
    const { by, stdout } = await consumer.npm(['sbom', '--sbom-format', format]);

    expect(by).toBe(0);
    const bill = JSON.parse(stdout) as Readonly<Record<string, readonly { readonly name: string }[]>>;
    const ours = bill[list]!.filter(({ name }) => name === PACKAGE);
    expect(ours).toEqual([expect.objectContaining(licence)]);
  });
});

/** The error that the code throws in a program of its own, as one line. */
async function errorOf(format: 'import' | 'require', from: string, use = ''): Promise<string> {
  const load = format === 'import' ? `await import('${from}')` : `require('${from}')`;
  const file = format === 'import' ? 'program.mjs' : 'program.cjs';
  consumer.write(
    file,
    `(async () => { const it = ${load}; ${use} })().catch(({ message }) => console.log(message));\n`,
  );
  const { by, stdout, stderr } = await consumer.node([file]);
  expect({ by, stderr }).toEqual({ by: 0, stderr: '' });
  return stdout;
}

const WITH_SSM = `{ FAPILOG_CONFIG_SSM: '/myapp', FAPILOG_CLOUDWATCH__REGION: 'eu-central-1' }`;
const WITHOUT_SSM =
  'invalid setting: FAPILOG_CONFIG_SSM is "/myapp"; allowed: the name or ARN of an SSM parameter that can be read; ' +
  'reading it needs the package @aws-sdk/client-ssm: npm install @aws-sdk/client-ssm\n';

describe.each(['import', 'require'] as const)('by %s, one line says what to install', (format) => {
  test.each([
    [
      'cdk',
      'fapilog-cloudwatch/cdk needs aws-cdk-lib, which is not installed: npm install aws-cdk-lib constructs\n',
    ],
    ['winston', 'fapilog-cloudwatch/winston needs winston, which is not installed: npm install winston\n'],
  ])('for fapilog-cloudwatch/%s', async (entryPoint, message) => {
    expect(await errorOf(format, `${PACKAGE}/${entryPoint}`)).toBe(message);
  });

  test.each([
    ['settings', `new it.Settings({}, { env: ${WITH_SSM} })`],
    ['settings that are awaited', `await it.Settings.load({ env: ${WITH_SSM} })`],
  ])('for %s in an SSM parameter', async (_, use) => {
    expect(await errorOf(format, PACKAGE, use)).toBe(WITHOUT_SSM);
  });

  test('for the proof of a role', async () => {
    expect(await errorOf(format, `${PACKAGE}/cdk/testing`, 'await it.proveWriter({}, {})')).toBe(
      'proveWriter needs an IAM simulator as simulate, such as runSimulation of @cloud-copilot/iam-simulate: ' +
        'npm install --save-dev @cloud-copilot/iam-simulate\n',
    );
  });
});

describe('a peer that is too old', () => {
  // Last: other packages stay in the project.
  test('is refused by npm, and by the import where it was forced', async () => {
    const install = ['install', 'winston@3.1.0', '--no-audit', '--no-fund', '--prefer-offline'];

    expect(await consumer.npm(install)).toMatchObject({
      stderr: expect.stringMatching(/ERESOLVE[^]*peerOptional winston@"\^3\.3\.0"/) as string,
    });
    expect(await consumer.npm([...install, '--legacy-peer-deps'])).toMatchObject({ by: 0 });
    for (const format of ['import', 'require'] as const) {
      expect(await errorOf(format, `${PACKAGE}/winston`)).toBe(
        'fapilog-cloudwatch/winston needs winston 3.3.0 or later, and 3.1.0 is installed: npm install winston@latest\n',
      );
    }
  });

  test.each([
    ['2.100.0', '10.0.0', 'aws-cdk-lib', '2.100.0'],
    ['2.256.9', '10.5.0', 'aws-cdk-lib', '2.256.9'],
    ['2.257.0', '10.4.5', 'constructs', '10.4.5'],
  ])('as CDK %s with constructs %s is named with its version', async (cdk, constructs, name, version) => {
    pretend('aws-cdk-lib', 'Token', cdk);
    pretend('constructs', 'Construct', constructs);
    const oldest = manifest().peerDependencies[name]!.replace('^', '');

    for (const format of ['import', 'require'] as const) {
      expect(await errorOf(format, `${PACKAGE}/cdk`)).toBe(
        `fapilog-cloudwatch/cdk needs ${name} ${oldest} or later, and ${version} is installed: ` +
          'npm install aws-cdk-lib@latest constructs@latest\n',
      );
    }
  });

  /** A library with nothing but a class that says its version, as jsii writes it. */
  function pretend(name: string, className: string, version: string): void {
    mkdirSync(join(consumer.path, 'node_modules', name), { recursive: true });
    consumer.write(
      `node_modules/${name}/index.js`,
      `exports.${className} = class { static [Symbol.for('jsii.rtti')] = { version: '${version}' } };\n`,
    );
  }
});
