import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A module as the package has it. */
export interface Output {
  /** Relative to the folder of its module format. */
  readonly path: string;
  readonly code: string;
  /** Names that it exports. */
  readonly exports: readonly string[];
  /** Whether it is a door, and not what doors share or load later. */
  readonly isDoor: boolean;
}

export function writeOutput(folder: string, { path, code }: Output): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
}

/** Copies what the compiler made of CommonJS sources. */
export function copyCommonJs(from: string, to: string): void {
  const files = readdirSync(from, { recursive: true, encoding: 'utf8' });
  for (const path of files.filter((each) => each.startsWith('runtime/') && each.endsWith('.cjs'))) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    copyFileSync(join(from, path), join(to, path));
  }
}
