import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const directory = join(root, '.cache/snippets');

/** Every TypeScript block of the README and of the pages in `docs`, by the file name that it gets. */
function snippets(): Record<string, string> {
  const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /^(README|docs\/([^/]+\/)?[^/]+)\.md$/.test(path),
  );
  return Object.fromEntries(
    pages.flatMap((page) => {
      const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n(.*?)^```/gms)];
      return blocks.map(([, code = ''], index) => [fileName(page, index, code), code]);
    }),
  );
}

/** A block that begins with the name of its file is in a folder with those of its page, which may import it. */
function fileName(page: string, index: number, code: string): string {
  const place = page.replace(/\W/g, '-');
  const [, own] = /^\/\/ (\S+\.ts)\n/.exec(code) ?? [];
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
  const blocks = snippets();
  expect(Object.keys(blocks)).toContain('README-md-1.ts');

  // WHEN
  const complaints = compile(blocks);

  // THEN
  expect(complaints).toBe('');
}, 60_000);

test('a block that does not compile is found', () => {
  expect(
    compile({ 'bad.ts': "import { getLogger } from 'fapilog-cloudwatch';\ngetLogger().shout('x');\n" }),
  ).toMatch(/bad\.ts.*Property 'shout' does not exist/);
}, 60_000);
