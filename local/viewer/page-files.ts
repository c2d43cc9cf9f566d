import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Content, plain } from './content.js';

const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** The files of the page, by the paths at which the server has them. */
export const PAGE_FILES: ReadonlyMap<string, { readonly name: string; readonly type: string }> = new Map([
  ['/', { name: 'index.html', type: 'text/html; charset=utf-8' }],
  ['/viewer/app.js', { name: 'app.js', type: JAVASCRIPT }],
  ['/viewer/app.css', { name: 'app.css', type: 'text/css; charset=utf-8' }],
]);

const NOT_BUILT =
  'This is a local CloudWatch Logs server, but the files of its page were not found. In a checkout of fapilog-cloudwatch, ' +
  '`npm run build` makes them. A program that has this server in a bundle has no page.\n';

/** The file of the page that the server has at this path. */
export async function pageFile(path: string): Promise<Content> {
  const { name, type } = PAGE_FILES.get(path)!;
  const folder = pageFolder();
  if (folder === undefined) return plain(NOT_BUILT, 404);
  return { type, body: await readFile(join(folder, name)) };
}

/** `dist/viewer` of the package or the checkout that this module is in. A bundler may leave the module without a place. */
function pageFolder(): string | undefined {
  const url = import.meta.url as string | undefined;
  if (url?.startsWith('file:') !== true) return undefined;
  return ancestorsOf(dirname(fileURLToPath(url)))
    .map((folder) => join(folder, 'dist/viewer'))
    .find((folder) => existsSync(join(folder, 'index.html')));
}

function ancestorsOf(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestorsOf(parent)];
}
