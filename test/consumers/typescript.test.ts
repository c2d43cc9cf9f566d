import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryPoints } from '../../tools/build/entry-points.js';
import { root } from '../support/imports.js';
import { Consumer } from './support/consumer.js';

type Version = '5.0' | '5.9' | '6.0' | '7.0';

const sources = join(__dirname, 'projects/typescript');
/** With every check that a project can ask for, of the package's declarations, too. */
const strictest = {
  target: 'ES2020',
  lib: ['es2020'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
};
const modules = ['uses.mts', 'pino.mts', 'uses.cts', 'pino.cts'];
const scripts = ['uses.ts', 'pino.ts'];
/** CDK's declarations are most of a compilation: only some have them. */
const cdk = ['cdk.ts'];

let oldest: Consumer;
let newest: Consumer;

beforeAll(async () => {
  [oldest, newest] = await Promise.all([Consumer.of('typescript-5.0'), Consumer.of('typescript')]);
  for (const consumer of [oldest, newest]) writeSources(consumer);
});

afterAll(() => {
  oldest.remove();
  newest.remove();
});

function source(name: string): string {
  return readFileSync(join(sources, name), 'utf8');
}

/** The programs of the one project for the other as well, and the uses in both forms of modules. */
function writeSources(consumer: Consumer): void {
  for (const name of readdirSync(sources).filter((each) => /\.[cm]?ts$/.test(each)))
    consumer.write(name, source(name));
  for (const name of ['uses.mts', 'uses.cts']) consumer.write(name, source('uses.ts'));
}

/** What a compiler says of programs. Others' declarations have faults of their own. */
async function complaints(version: Version, files: readonly string[], options: object): Promise<string[]> {
  const consumer = version === '5.0' ? oldest : newest;
  const compilerOptions = { ...strictest, ...options };
  consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files }));
  const compiler = `node_modules/typescript-${version}/bin/tsc`;
  const { by, stdout } = await consumer.node([compiler, '-p', '.', '--pretty', 'false'], {
    timeoutMs: 280_000,
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  if ((by === 0) !== (lines.length === 0)) throw new Error(`the compiler ended with ${by}: ${stdout}`);
  // What is indented belongs to the line before.
  return lines.filter((line) => !/^ |^node_modules\/(?!fapilog-cloudwatch\/)/.test(line));
}

test('a program imports every entry point', () => {
  const text = [...scripts, ...cdk].map(source).join('');
  const names = entryPoints(root).map(({ name }) => name.replace('.', 'fapilog-cloudwatch'));

  expect(names.filter((name) => !text.includes(`'${name}'`))).toEqual([]);
});

test.each<[Version, readonly string[], object]>([
  ['5.0', [...scripts, ...cdk], { module: 'CommonJS', moduleResolution: 'node10', esModuleInterop: true }],
  ['5.0', modules, { module: 'NodeNext' }],
  ['5.0', scripts, { module: 'ESNext', moduleResolution: 'Bundler' }],
  ['5.9', scripts, { module: 'CommonJS', moduleResolution: 'node10', esModuleInterop: true }],
  ['5.9', modules, { module: 'Node16' }],
  ['6.0', scripts, { module: 'CommonJS', moduleResolution: 'node10', ignoreDeprecations: '6.0' }],
  ['6.0', modules, { module: 'NodeNext' }],
  ['7.0', [...modules, ...cdk], { module: 'Node16' }],
  ['7.0', modules, { module: 'NodeNext' }],
  ['7.0', [...scripts, ...cdk], { module: 'ESNext', moduleResolution: 'Bundler' }],
  ['7.0', scripts, { module: 'CommonJS', moduleResolution: 'Bundler', esModuleInterop: true }],
])(
  'TypeScript %s allows what the entry points allow, and nothing else, in %j with %j',
  async (version, files, options) => {
    expect(await complaints(version, files, options)).toEqual([]);
  },
);

test.each<Version>(['5.0', '5.9', '6.0', '7.0'])(
  'TypeScript %s finds a fault in the declarations of the package',
  async (version) => {
    const consumer = version === '5.0' ? oldest : newest;
    const path = 'node_modules/fapilog-cloudwatch/dist/cjs/runtime/index.d.ts';
    const declarations = consumer.read(path);
    consumer.write(path, `${declarations}export declare const broken: Missing;\n`);
    consumer.write('faulty.cts', `import 'fapilog-cloudwatch';\n`);
    try {
      expect(await complaints(version, ['faulty.cts'], { module: 'NodeNext' })).toEqual([
        expect.stringMatching(/^node_modules\/fapilog-cloudwatch\/.*Cannot find name 'Missing'/),
      ]);
    } finally {
      consumer.write(path, declarations);
    }
  },
);
