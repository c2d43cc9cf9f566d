import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Block, blocks, fileOf } from '../support/document-blocks.js';
import { root } from '../support/imports.js';

const directory = join(root, '.cache/snippets');

/** Every TypeScript block of the documents, by the file name that it gets. */
function snippets(): Record<string, string> {
  const found = blocks().filter(({ language }) => language === 'ts');
  return Object.fromEntries(found.map((block, index) => [fileName(block, index), block.code]));
}

/** A block that begins with the name of its file is in a folder with those of its page, which may import it. */
function fileName(block: Block, index: number): string {
  const place = block.page.replaceAll(/\W/g, '-');
  const own = fileOf(block);
  return own === undefined ? `${place}-${index + 1}.ts` : `${place}/${own}`;
}

function compile(files: Record<string, string>): string {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const [name, code] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), code);
  }
  const config = {
    extends: '../../tsconfig.base.json',
    compilerOptions: {
      composite: false,
      incremental: false,
      noEmit: true,
      exactOptionalPropertyTypes: false,
      paths: {
        'fapilog-cloudwatch': ['../../runtime/index.ts'],
        'fapilog-cloudwatch/lambda': ['../../runtime/adapters/lambda.ts'],
        'fapilog-cloudwatch/sdk': ['../../runtime/sdk.ts'],
        'fapilog-cloudwatch/pino': ['../../runtime/adapters/pino.ts'],
        'fapilog-cloudwatch/winston': ['../../runtime/adapters/winston.ts'],
        'fapilog-cloudwatch/console': ['../../runtime/adapters/console.ts'],
        'fapilog-cloudwatch/stream': ['../../runtime/adapters/stream.ts'],
        'fapilog-cloudwatch/logtape': ['../../runtime/adapters/logtape.ts'],
        'fapilog-cloudwatch/otel': ['../../runtime/adapters/otel.ts'],
        'fapilog-cloudwatch/http': ['../../runtime/adapters/http.ts'],
        'fapilog-cloudwatch/cdk': ['../../lib/index.ts'],
        'fapilog-cloudwatch/cdk/testing': ['../../local/policies/index.ts'],
        'fapilog-cloudwatch/testing': ['../../local/index.ts'],
      },
    },
    include: ['**/*.ts'],
  };
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ type: 'module' }));
  try {
    return execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', directory], { encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

test('every TypeScript block of the documents compiles', () => {
  // GIVEN
  const files = snippets();
  expect(Object.keys(files)).toContain('README-md-1.ts');

  // WHEN
  const complaints = compile(files);

  // THEN
  expect(complaints).toBe('');
}, 60_000);

test('a block that does not compile is found', () => {
  expect(
    compile({ 'bad.ts': "import { getLogger } from 'fapilog-cloudwatch';\ngetLogger().shout('x');\n" }),
  ).toMatch(/bad\.ts.*Property 'shout' does not exist/);
}, 60_000);
