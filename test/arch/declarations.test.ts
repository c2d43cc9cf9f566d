import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryPoints } from '../../tools/build/entry-points.js';
import { root } from '../support/imports.js';

/** Inside the project, which finds itself by its name, as others find it. */
const directory = join(root, '.cache/declarations');

const names = entryPoints(root).map(({ name }) => name.replace('.', 'fapilog-cloudwatch'));
const imports = names.map((name, index) => `import * as entry${index} from '${name}';`);

const programs = {
  // Both forms of import lead to one class.
  'main.mts': `${imports.join('\n')}
import { CloudWatchSink } from 'fapilog-cloudwatch';
import pinoTransport from 'fapilog-cloudwatch/pino';
import required = require('fapilog-cloudwatch');
const sink: CloudWatchSink = new required.CloudWatchSink();
pinoTransport({ level: 'warn' }).end();
export const used = [sink, ${imports.map((_, index) => `entry${index}`).join(', ')}];
`,
  'main.cts': `${imports.join('\n')}
import pino = require('fapilog-cloudwatch/pino');
pino.default({ level: 'warn' }).end();
export const used = [${imports.map((_, index) => `entry${index}`).join(', ')}];
`,
  'bundled.ts': `${imports.join('\n')}
import pinoTransport from 'fapilog-cloudwatch/pino';
pinoTransport({ level: 'warn' }).end();
export const used = [${imports.map((_, index) => `entry${index}`).join(', ')}];
`,
};

beforeAll(() => mkdirSync(directory, { recursive: true }));
afterAll(() => rmSync(directory, { recursive: true }));

/** What the compiler says of a program. */
function complaints(file: string, text: string, moduleOptions: object): string[] {
  writeFileSync(join(directory, file), text);
  const compilerOptions = {
    ...moduleOptions,
    target: 'ES2022',
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  };
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', directory], { encoding: 'utf8', cwd: root });
    return [];
  } catch (error) {
    return (error as { stdout: string }).stdout.split('\n').filter((line) => line !== '');
  }
}

const nodeNext = { module: 'NodeNext' };
const bundler = { module: 'ESNext', moduleResolution: 'Bundler' };

test.each<[keyof typeof programs, object]>([
  ['main.mts', nodeNext],
  ['main.cts', nodeNext],
  ['bundled.ts', bundler],
])('%s compiles against every entry point, with %j', (file, options) => {
  expect(complaints(file, programs[file], options)).toEqual([]);
});

test('a call that the published declarations do not allow is found', () => {
  const text = `import { getLogger } from 'fapilog-cloudwatch';\ngetLogger().shout('x');\n`;

  expect(complaints('bad.mts', text, nodeNext)).toEqual([
    expect.stringMatching(/bad\.mts.*Property 'shout' does not exist/),
  ]);
});
