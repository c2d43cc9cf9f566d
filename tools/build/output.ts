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
  /** Whether it is a door, and not what doors share or load later. */
  readonly isDoor: boolean;
}

/**
 * A folder whose files are what is written to it. What is there already stays as it is, and what is not written goes in the
 * end: programs may be using it meanwhile.
 */
export class OutputFolder {
  readonly #written = new Set<string>();

  constructor(readonly path: string) {}

  write({ path, code }: OutputFile): void {
    const file = join(this.path, path);
    this.#written.add(file);
    if (existsSync(file) && readFileSync(file, 'utf8') === code) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
  }

  /** Removes from a part of it what was not written. */
  prune(part: string): void {
    const folder = join(this.path, part);
    const files = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
    for (const { parentPath, name } of files.filter((each) => each.isFile())) {
      if (!this.#written.has(join(parentPath, name))) rmSync(join(parentPath, name));
    }
  }
}

/** Copies what the compiler made of CommonJS sources. */
export function copyCommonJs(from: string, to: OutputFolder): void {
  const files = readdirSync(from, { recursive: true, encoding: 'utf8' });
  for (const path of files.filter((each) => each.startsWith('runtime/') && each.endsWith('.cjs'))) {
    to.write({ path, code: readFileSync(join(from, path), 'utf8') });
  }
}
