import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

const LICENCE_FILE = /^(licen[cs]e|notice|copying)(\.|-|$)/i;

/** The licences of packages that are copied into this one, as they demand it: name, version and the text itself. */
export function noticesOf(root: string, folders: readonly string[]): string {
  const notices = [...new Set(folders)].map((folder) => noticeOf(join(root, folder)));
  return `Parts of this package are copies of:\n\n${[...new Set(notices)].toSorted().join('\n')}`;
}

/** @throws Error if a package comes without the name of a licence, so that nothing is shipped unseen. */
function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as PackageJson;
  if (license === undefined)
    throw new Error(`${name} ${version} names no licence; leave it out of the bundles`);
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`=== ${name} ${version}, ${license} ===`, ...texts, ''].join('\n\n');
}
