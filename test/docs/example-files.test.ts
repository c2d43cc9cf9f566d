import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/imports.js';

/** The blocks of a page that begin with the name of a file, without that line. */
function filesOf(page: string): ReadonlyMap<string, string> {
  const blocks = readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n\/\/ (\S+\.ts)\n(.*?)^```/gms);
  return new Map([...blocks].map(([, name = '', code = '']) => [name, code]));
}

test.each([
  ['docs/loggers/nest.md', 'cloudwatch-logger.ts', 'examples/nest-service/src/cloudwatch-logger.ts'],
  ['docs/loggers/nest.md', 'request-context.ts', 'examples/nest-service/src/request-context.ts'],
  ['docs/loggers/next.md', 'logged-route.ts', 'examples/next-app/logged-route.ts'],
])('%s shows %s as the example has it', (page, name, file) => {
  expect(filesOf(page).get(name)).toBe(readFileSync(join(root, file), 'utf8'));
});
