import { posix } from 'node:path';
import { entryPoints } from '../../tools/build/entry-points.js';
import { importsOf, packageOf, root, sourceFiles, type Import, type SourceFile } from '../support/imports.js';

/** What a folder may import, besides itself and what comes with Node. */
interface Rule {
  readonly folder: string;
  /** Folders of ours. */
  readonly ours: readonly string[];
  /** The only packages; all that are not in `never` if it is absent. */
  readonly only?: readonly string[];
  readonly never?: readonly string[];
}

const CDK = ['aws-cdk-lib', 'constructs'];
const SDK = ['@aws-sdk/*', '@smithy/*'];

const rules: readonly Rule[] = [
  { folder: 'contract', ours: [], never: [...CDK, ...SDK] },
  { folder: 'lib', ours: ['contract'], only: CDK },
  { folder: 'runtime', ours: ['contract'], never: CDK },
  // The page runs in browsers, with its packages bundled into it.
  { folder: 'local/viewer/client', ours: ['local'], only: ['preact', 'htm'] },
  // Linear regular expressions of queries; the build bundles them.
  { folder: 'local', ours: ['contract'], only: ['re2js'] },
  // A command loads the SDK with its first use, and brings along what else it imports.
  {
    folder: 'cli',
    ours: ['runtime', 'local', 'contract'],
    only: ['commander', '@aws-sdk/client-cloudwatch-logs'],
  },
  { folder: 'bin', ours: ['examples'], only: CDK },
  { folder: 'demo', ours: ['lib', 'runtime', 'local', 'contract', 'examples'] },
  { folder: 'tools', ours: ['lib', 'local', 'contract'] },
  { folder: 'examples', ours: ['runtime', 'lib', 'local'] },
  // Thousands of real sinks on one clock.
  { folder: 'bench/fleet', ours: ['runtime', 'contract', 'tools', 'bench'], never: [...CDK, ...SDK] },
  // What it measures runs in processes of its own.
  { folder: 'bench', ours: ['contract'], only: ['esbuild'] },
];

/** The one file of `runtime` that imports the AWS SDK: by name, what is used of it. */
const SDK_FILE = 'runtime/sdk/sdk.ts';

/** Who calls it, and knows its types. */
const SDK_FOLDER = 'runtime/sdk/';

/** Folders behind the package's own name, by which it can import itself. */
const entryFolders = new Map(entryPoints(root).map(({ name, source }) => [name, source.split('/')[0]!]));
const PACKAGE = 'fapilog-cloudwatch';

/** Imports of a file that its folder's rule forbids, each as a sentence. */
function violations({ path, source }: SourceFile): string[] {
  const rule = rules.find(({ folder }) => path.startsWith(`${folder}/`));
  if (!rule) return [`${path} is in no folder that has a rule`];
  return importsOf(source)
    .filter((each) => !isAllowed(each, path, rule) || isMisplacedSdk(each, path))
    .map(({ from, how }) => `${path}: ${how} import of ${from}`);
}

function isAllowed(each: Import, path: string, { folder, ours, only, never = [] }: Rule): boolean {
  const ownFolder = folderOf(each, path);
  if (ownFolder !== undefined) return ownFolder === folder || ours.includes(ownFolder);
  const name = packageOf(each);
  if (name === undefined) return true;
  return only ? isAmong(name, only) : !isAmong(name, never);
}

/** The folder of ours that an import leads to. */
function folderOf({ from }: Import, path: string): string | undefined {
  if (from.startsWith('.')) return posix.join(posix.dirname(path), from).split('/')[0];
  if (from === PACKAGE || from.startsWith(`${PACKAGE}/`))
    return entryFolders.get(from.replace(PACKAGE, '.')) ?? from;
  return undefined;
}

/** In `runtime`, the SDK is imported by one file, which is loaded with the first use only. */
function isMisplacedSdk(each: Import, path: string): boolean {
  const target = posix.join(posix.dirname(path), each.from).replace(/\.js$/, '.ts');
  if (target === SDK_FILE) return each.how === 'static';
  const name = packageOf(each);
  if (!path.startsWith('runtime/') || name === undefined || !isAmong(name, SDK)) return false;
  return path !== SDK_FILE && !(path.startsWith(SDK_FOLDER) && each.how === 'type');
}

function isAmong(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
}

describe('the source tree', () => {
  test.each(rules.map(({ folder }) => folder))('%s imports only what its rule allows', (folder) => {
    const files = sourceFiles(folder);

    expect(files).not.toEqual([]);
    expect(files.flatMap(violations)).toEqual([]);
  });

  test('imports the AWS SDK in one file of runtime', () => {
    const importers = sourceFiles('runtime').filter(({ source }) =>
      importsOf(source).some((each) => each.how !== 'type' && isAmong(packageOf(each) ?? '', SDK)),
    );

    expect(importers.map(({ path }) => path)).toEqual([SDK_FILE]);
  });

  // The index of CDK loads a module with its first use: an app that has no alarm does not load CloudWatch.
  test('takes modules of CDK from its index', () => {
    const loaded = sourceFiles('lib')
      .flatMap(({ source }) => importsOf(source))
      .filter(({ from, how }) => from.startsWith('aws-cdk-lib/') && how !== 'type');

    expect(loaded).toEqual([]);
  });

  test('has an index at each entry point that is named after its folder, and no other', () => {
    const indexes = rules
      .flatMap(({ folder }) => sourceFiles(folder))
      .map(({ path }) => path)
      .filter((path) => /(^|\/)index\.[cm]?ts$/.test(path));

    expect(indexes).toEqual([
      'lib/index.ts',
      'runtime/index.ts',
      'local/index.ts',
      'local/policies/index.ts',
    ]);
  });
});

describe('a violation is found', () => {
  test.each([
    ['contract/x.ts', `import { Settings } from '../runtime/settings.js';`],
    ['contract/x.ts', `import type { Settings } from '../runtime/settings.js';`],
    ['contract/x.ts', `import { App } from 'aws-cdk-lib';`],
    ['lib/x.ts', `import { CloudWatchSink } from '../runtime/sink.js';`],
    ['lib/x.ts', `export { CloudWatchSink } from '../runtime/index.js';`],
    ['lib/x.ts', `import { CloudWatchSink } from 'fapilog-cloudwatch';`],
    ['lib/x.ts', `import * as v from 'valibot';`],
    ['runtime/x.ts', `import { Construct } from 'constructs';`],
    ['runtime/x.ts', `import * as logs from 'aws-cdk-lib/aws-logs';`],
    ['runtime/x.ts', `import type * as logs from 'aws-cdk-lib/aws-logs';`],
    ['runtime/x.ts', `import {\n  CloudWatchLogging,\n  type Props,\n} from '../lib/index.js';`],
    ['runtime/send/x.ts', `import { tokenText } from '../../lib/tokens.js';`],
    ['runtime/x.ts', `import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';`],
    ['runtime/x.ts', `import '../local/index.js';`],
    ['runtime/x.ts', `export * from '../bin/app.js';`],
    ['runtime/x.ts', `const lib = await import('../lib/index.js');`],
    ['runtime/x.ts', `const lib = require("../lib/index.js");`],
    ['runtime/x.ts', `type Lib = typeof import('../lib/index.js');`],
    ['runtime/x.ts', `import { helper } from '../test/support/within.js';`],
    ['runtime/send/x.ts', `import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';`],
    ['runtime/send/x.ts', `import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';`],
    ['runtime/send/x.ts', `const sdk = await import('@aws-sdk/client-cloudwatch-logs');`],
    ['runtime/x.ts', `import { HttpRequest } from '@smithy/protocol-http';`],
    ['runtime/sdk/sdk-port.ts', `import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';`],
    ['runtime/sdk/sdk-port.ts', `import { PutLogEventsCommand } from './sdk.js';`],
    ['runtime/sdk/sdk-port.ts', `const sdk = await import('@aws-sdk/client-cloudwatch-logs');`],
    ['local/x.ts', `import { formatLine } from '../runtime/serialize/line.js';`],
    ['local/x.ts', `import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';`],
    ['local/policies/x.ts', `import { App } from 'aws-cdk-lib';`],
    ['local/policies/x.ts', `import type { Simulation } from '@cloud-copilot/iam-simulate';`],
    ['lib/x.ts', `import { proveWriter } from 'fapilog-cloudwatch/cdk/testing';`],
    ['runtime/x.ts', `import { proveWriter } from 'fapilog-cloudwatch/cdk/testing';`],
    ['bench/x.ts', `import { getLogger } from '../runtime/index.js';`],
    ['bench/x.ts', `import { pino } from 'pino';`],
    ['bin/x.ts', `import { CloudWatchLogging } from '../lib/index.js';`],
    ['cli/x.ts', `import { CloudWatchLogging } from '../lib/index.js';`],
    ['cli/x.ts', `import { App } from 'aws-cdk-lib';`],
    ['local/x.ts', `import { Command } from 'commander';`],
    ['runtime/x.ts', `import { Failure } from '../cli/failure.js';`],
    ['runtime/x.ts', `import { audit } from '../demo/audit.js';`],
    ['tools/x.ts', `import { getLogger } from 'fapilog-cloudwatch';`],
    ['examples/x.ts', `import { logGroupNameProblem } from '../contract/names.js';`],
  ])('in %s: %s', (path, source) => {
    expect(violations({ path, source: `// A comment.\n${source}\n` })).toEqual([
      expect.stringMatching(new RegExp(`^${path}: (static|dynamic|type) import of `)),
    ]);
  });

  test('in a folder that nobody made a rule for', () => {
    expect(violations({ path: 'plugins/x.ts', source: '' })).toEqual([
      'plugins/x.ts is in no folder that has a rule',
    ]);
  });
});

test.each([
  ['runtime/x.ts', `import { LEVELS } from '../contract/levels.js';`],
  ['runtime/x.ts', `import { readFile } from 'node:fs/promises';`],
  ['runtime/x.ts', `import { parse } from 'valibot';`],
  ['runtime/x.ts', `// import { App } from 'aws-cdk-lib';`],
  ['runtime/x.ts', `/*\nimport { App } from 'aws-cdk-lib';\n*/`],
  ['runtime/x.ts', `const url = 'http://host'; // import('aws-cdk-lib')`],
  ['runtime/sdk/sdk-port.ts', `import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';`],
  ['runtime/sdk/sdk-port.ts', `const sdk = await import('./sdk.js');`],
  ['runtime/sdk/sdk.ts', `export { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';`],
  ['lib/x.ts', `import * as logs from 'aws-cdk-lib/aws-logs';`],
  ['contract/x.ts', `import * as v from 'valibot';`],
])('%s may contain: %s', (path, source) => {
  expect(violations({ path, source: `${source}\n` })).toEqual([]);
});
