import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a file imports: where from, and whether only with its first use (`import()`), or only types. */
export interface Import {
  readonly from: string;
  readonly how: 'static' | 'dynamic' | 'type';
}

const comments = /(["'`])(?:\\.|(?!\1)[^\\\n])*\1|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const declarations = /^[ \t]*(?:import|export)\b(\s+type\b)?[^'"`;=()]*?\bfrom\s*(['"])([^'"\n]+)\2/gm;
const sideEffects = /^[ \t]*import\s*(['"])([^'"\n]+)\1/gm;
const calls = /(\btypeof\s+)?\b(?:import|require)\s*\(\s*(['"`])([^'"`\n]+)\2\s*[,)]/g;

/** Every import of a source text: import and re-export, with and without `type`, `import()`, `require()`. */
export function importsOf(source: string): Import[] {
  const code = source.replaceAll(comments, (text, quote?: string) => (quote ? text : ''));
  return [
    ...[...code.matchAll(declarations)].map(([, type, , from]): Import => ({
      from: from!,
      how: type ? 'type' : 'static',
    })),
    ...[...code.matchAll(sideEffects)].map(([, , from]): Import => ({ from: from!, how: 'static' })),
    ...[...code.matchAll(calls)].map(([, type, , from]): Import => ({
      from: from!,
      how: type ? 'type' : 'dynamic',
    })),
  ];
}

/** The package of an import, `undefined` for a path and for Node's own modules. */
export function packageOf({ from }: Import): string | undefined {
  if (from.startsWith('.') || from.startsWith('node:')) return undefined;
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}

/** A source file, its path from the root with slashes. */
export interface SourceFile {
  readonly path: string;
  readonly source: string;
}

/** The TypeScript files of a folder of the source tree, and of the folders in it. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.c?ts$/.test(entry.name) && !/\bnode_modules\b/.test(entry.parentPath),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: relative(root, path).split(sep).join(posix.sep),
      source: readFileSync(path, 'utf8'),
    }))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}
