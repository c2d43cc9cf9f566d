import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sections, type Section } from '../../contract/sections.js';
import { entryPoints } from '../../tools/build/entry-points.js';
import { importsOf, packageOf, root, sourceFiles } from '../support/imports.js';

type Texts = Readonly<Record<string, string>>;
type Exports = { readonly [condition: string]: string | Exports };

interface Manifest {
  readonly scripts: Texts;
  readonly publishConfig: object;
  readonly repository: { readonly url: string };
  readonly engines: { readonly node: string };
  readonly main: string;
  readonly types: string;
  readonly typesVersions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly exports: Exports;
  readonly dependencies: Texts;
  readonly peerDependencies: Texts;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly devDependencies: Texts;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const cdk = ['aws-cdk-lib', 'constructs'];
/** Only the entry point for it needs it. */
const winston = 'winston';

/** What another process loads by its name, when a setting asks for it. */
const ssmClient = '@aws-sdk/client-ssm';

function parts(version: string): number[] {
  return version.replace('^', '').split('.').map(Number);
}

/** Packages that the files of a folder import. */
function imported(folder: string): string[] {
  const names = sourceFiles(folder).flatMap(({ source }) =>
    importsOf(source).flatMap((each) => packageOf(each) ?? []),
  );
  return [...new Set(names)].toSorted();
}

test('Node 20 and later will do', () => {
  expect(manifest.engines).toEqual({ node: '>=20' });
});

test('nothing runs when the package is installed', () => {
  const atInstallation = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];

  expect(Object.keys(manifest.scripts).filter((name) => atInstallation.includes(name))).toEqual([]);
});

test('a version is published for all, with provenance, which npm compares with the repository', () => {
  expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
  expect(manifest.repository.url).toBe('git+https://github.com/fapilog/fapilog-cloudwatch.git');
});

test('users get ranges, developers exact versions', () => {
  for (const range of Object.values({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    expect(range).toMatch(/^\^\d+\.\d+\.\d+$/);
  }
  for (const version of Object.values(manifest.devDependencies))
    expect(version).toMatch(/^(?:npm:@?[^@]+@)?\d+\.\d+\.\d+$/);
});

test('the client of SSM is an optional peer that nothing imports', () => {
  const source = readFileSync(join(root, 'runtime/settings/get-parameter.ts'), 'utf8');

  expect(source).toContain(`'${ssmClient}'`);
  expect(['contract', 'runtime', 'local', 'lib'].flatMap(imported)).not.toContain(ssmClient);
});

describe('CDK, as winston,', () => {
  test('is an optional peer, and no dependency', () => {
    expect(Object.keys(manifest.peerDependencies)).toEqual([ssmClient, ...cdk, winston]);
    expect(manifest.peerDependenciesMeta).toEqual({
      [ssmClient]: { optional: true },
      'aws-cdk-lib': { optional: true },
      constructs: { optional: true },
      winston: { optional: true },
    });
    const peers = [...cdk, winston];
    expect(Object.keys(manifest.dependencies).filter((name) => peers.includes(name))).toEqual([]);
  });

  test('is there for developers, in a version that peers allow', () => {
    for (const name of [...cdk, winston]) {
      const [major, minor] = parts(manifest.devDependencies[name]!);
      const [peerMajor, peerMinor] = parts(manifest.peerDependencies[name]!);
      expect(major).toBe(peerMajor);
      expect(minor).toBeGreaterThanOrEqual(peerMinor!);
    }
  });
});

/** Written into the files of the local server, so that nobody installs it. */
const inTheServer = 're2js';

test('dependencies are what the published folders import, no more and no less', () => {
  const inThePage = imported('local/viewer/client');
  const atRunTime = ['contract', 'runtime', 'local']
    .flatMap(imported)
    .filter((name) => name !== winston && name !== inTheServer && !inThePage.includes(name));

  const bundled = [...inThePage, inTheServer];
  expect(bundled.filter((name) => !Object.hasOwn(manifest.devDependencies, name))).toEqual([]);
  expect([...new Set(atRunTime)].toSorted()).toEqual(Object.keys(manifest.dependencies).toSorted());
  expect(imported('lib')).toEqual(cdk);
});

test('the IAM simulator, whose licence is another, is for developers only', () => {
  const isSimulator = (name: string | undefined): boolean => name?.startsWith('@cloud-copilot/') === true;
  const shipped = ['contract', 'lib', 'runtime', 'local', 'cli'].flatMap(sourceFiles);
  const importers = shipped.filter(({ source }) =>
    importsOf(source).some((each) => isSimulator(packageOf(each))),
  );

  expect(importers.map(({ path }) => path)).toEqual([]);
  expect(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(isSimulator)).toEqual(
    [],
  );
  expect(Object.keys(manifest.devDependencies).filter(isSimulator)).toEqual(['@cloud-copilot/iam-simulate']);
});

describe('every entry point', () => {
  test('is built from a source', () => {
    const sources = entryPoints(root).map(({ source }) => source);

    expect(sources).toContain('runtime/index.ts');
    expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
  });

  test.each(entryPoints(root))('$name leads import and require to their files', ({ name, source }) => {
    const path = source.replace(/\.ts$/, '');
    const bundle = `./dist/bundle/${path}.js`;
    const forNode = `./dist/esm/${path}.js`;
    const { import: toImport, require: toRequire } = manifest.exports[name] as Record<string, Texts>;

    // The first that a resolver knows decides. Bundlers, which may know none, get what is complete in itself; Node.js, and who runs
    // in it or copies files for it, the modules that share their state with those for `require`.
    expect(Object.entries(toImport!)).toEqual([
      ['types', `./dist/esm/${path}.d.ts`],
      ['bun', bundle],
      ['module', bundle],
      ['module-sync', forNode],
      ['node-addons', forNode],
      ['default', bundle],
    ]);
    // Many who know no condition cannot load ES modules by `require`.
    expect(Object.entries(toRequire!)).toEqual([
      ['types', `./dist/cjs/${path}.d.ts`],
      ['bun', bundle],
      ['module', bundle],
      ['default', `./dist/cjs/${path}.js`],
    ]);
  });

  test('has types for resolvers that do not read "exports", and the first has code', () => {
    const types = Object.entries(manifest.exports).flatMap(([name, target]) =>
      typeof target === 'string' ? [] : [[name, (target['require'] as Texts)['types']!] as const],
    );
    const [[, first], ...others] = types as [readonly [string, string], ...(readonly [string, string])[]];

    expect([manifest.main, manifest.types]).toEqual(['./dist/cjs/runtime/index.js', first]);
    expect(manifest.typesVersions['*']).toEqual(
      Object.fromEntries(others.map(([name, file]) => [name.slice('./'.length), [file]])),
    );
  });

  test('is seen by tools that copy files for Node.js but follow the conditions of bundlers', () => {
    const bundled = join(root, 'dist/bundle/runtime/worker/module-folder.cjs');
    const { folderForNode } = require(bundled) as { readonly folderForNode: string };
    const runtime = entryPoints(root).filter(({ source }) => source.startsWith('runtime/'));
    const files = runtime.map(({ source }) => source.replace(/^runtime\/(.*)\.ts$/, '$1.js'));

    expect(files.filter((file) => !existsSync(join(folderForNode, file)))).toEqual([]);
  });
});

test('only the command line brings commander along', () => {
  const code = ['dist/bundle', 'dist/cjs', 'dist/esm'].flatMap(copiedPackages);

  expect(code).not.toContain('commander');
  expect(imported('cli')).toEqual(['@aws-sdk/client-cloudwatch-logs', 'commander']);
});

test('what is copied from other packages into the entry points is named with its licence', () => {
  const notices = readFileSync(join(root, 'dist/THIRD_PARTY_NOTICES.txt'), 'utf8');
  const copied = ['dist/bundle', 'dist/cjs', 'dist/cli'].flatMap(copiedPackages);

  expect(copied).toEqual(expect.arrayContaining(['@smithy/core', 'commander', 'yaml']));
  expect(copied.filter((name) => !notices.includes(`=== ${name} `))).toEqual([]);
  expect(notices).not.toMatch(/^=== .*(GPL|UNLICENSED).* ===$/m);
});

/** The bundler leaves a comment where a file of a package begins. */
function copiedPackages(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));
  const found = texts.flatMap((text) => [
    ...text.matchAll(/^\/\/ .*\bnode_modules\/((?:@[^/\n]+\/)?[^/\n]+)/gm),
  ]);
  return [...new Set(found.map(([, name]) => name!))];
}

test('what bundlers get of the runtime has no documents of settings', () => {
  const folder = join(root, 'dist/bundle/runtime');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  const code = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  const documents = Object.values(sections).flatMap(({ rows }: Section) =>
    Object.values(rows).flatMap(({ meaning, python: { difference = [], harm = [] } }) =>
      [meaning, difference, harm].flat(),
    ),
  );

  expect(documents.length).toBeGreaterThan(80);
  expect(documents.filter((text) => code.includes(text.slice(0, 30)))).toEqual([]);
  expect(code).not.toContain('isHarmful');
});

test('the construct looks for each package once: Node.js reads the hundreds of `exports` of CDK each time', () => {
  const code = readFileSync(join(root, 'dist/cjs/lib/index.js'), 'utf8');
  const loaded = Array.from(code.matchAll(/^const .*\brequire\("([^"]+)"\)/gm), ([, name]) => name);

  expect(loaded).toEqual(cdk);
});
