import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { filesIn, type OutputFile } from './output.js';

/** Relative imports of a declaration file, as the compiler writes them. */
const SPECIFIER = /(?<=\bfrom |\bimport\(|^import )(['"])(\.{1,2}\/[^'"]+)\1/gm;

/** The declarations of these sources and of what they refer to, from the folder where the compiler left them. */
export function declarationsOf(folder: string, sources: readonly string[]): OutputFile[] {
  const paths = new Set(sources.map(declarationFile));
  // The set grows while it is walked.
  for (const path of paths) {
    const code = readFileSync(join(folder, path), 'utf8');
    for (const [, , specifier] of code.matchAll(SPECIFIER))
      paths.add(declarationFile(posix.join(posix.dirname(path), specifier!)));
  }
  return filesIn(folder, [...paths]);
}

/** The file that declares a module. */
export function declarationFile(module: string): string {
  return module.replace(/\.(c?)[jt]s$/, '.d.$1ts');
}

/**
 * The declarations of one entry point for `import`. They refer to those for `require`, as the code does: a class is one type,
 * however it was loaded.
 */
export function asEsDeclaration({ path, code }: OutputFile): OutputFile {
  const folder = posix.dirname(path);
  const wayOut = posix.join(posix.relative(`esm/${folder}`, 'cjs'), folder);
  const redirected = code.replace(
    SPECIFIER,
    (_, quote: string, specifier: string) => `${quote}${posix.join(wayOut, specifier)}${quote}`,
  );
  return { path, code: redirected };
}
