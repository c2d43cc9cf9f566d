import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The package as it will be published. */
export interface Tarball {
  /** Relative to the project's root. */
  readonly path: string;
  readonly files: readonly string[];
  readonly bytes: number;
  /** By which npm knows it again. */
  readonly integrity: string;
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly integrity: string;
  readonly files: readonly { readonly path: string }[];
}

const FOLDER = '.cache/release';

/** Packs what was built. What is checked afterwards is this file, and this file is published. */
export function pack(root: string): Tarball {
  rmSync(join(root, FOLDER), { recursive: true, force: true });
  mkdirSync(join(root, FOLDER), { recursive: true });
  const output = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', FOLDER], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ filename, files, size, integrity }] = JSON.parse(output) as [Packed];
  return { path: `${FOLDER}/${filename}`, files: files.map(({ path }) => path), bytes: size, integrity };
}

/** Files of the package that are neither built nor kept by git: nobody has reviewed them. */
export function strangers(files: readonly string[], kept: readonly string[]): string[] {
  const known = new Set(kept);
  return files.filter((path) => !path.startsWith('dist/') && !known.has(path));
}
