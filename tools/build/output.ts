import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface OutputFile {
  /** Relative to the folder of its module format. */
  readonly path: string;
  readonly code: string;
}

/** A module as the package has it. */
export interface Output extends OutputFile {
  /** Names that it exports. */
  readonly exports: readonly string[];
  /** False for code that entry points share or load later. */
  readonly isEntryPoint: boolean;
}

/** Files of a folder, by their paths in it. */
export function filesIn(folder: string, paths: readonly string[]): OutputFile[] {
  return paths.map((path) => ({ path, code: readFileSync(join(folder, path), 'utf8') }));
}

/**
 * Makes a folder hold exactly these files. One that has the same content stays untouched, and others are removed last:
 * programs may be using the folder meanwhile.
 */
export function writeFolder(folder: string, files: readonly OutputFile[]): void {
  for (const { path, code } of files) write(join(folder, path), code);
  const paths = new Set(files.map(({ path }) => join(folder, path)));
  const present = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  for (const { parentPath, name } of present) {
    const path = join(parentPath, name);
    if (!paths.has(path)) rmSync(path);
  }
}

function write(path: string, code: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === code) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
}
