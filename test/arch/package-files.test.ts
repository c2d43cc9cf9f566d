import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from '../support/imports.js';

/** Texts of files by their paths in the package. */
type Files = ReadonlyMap<string, string>;
type Exports = string | { readonly [condition: string]: Exports };

/** For people and their browsers: no module imports them. */
const documents = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'dist/THIRD_PARTY_NOTICES.txt',
  'dist/viewer/index.html',
  'dist/viewer/app.js',
  'dist/viewer/app.css',
];

/** Pages, and programs to copy. */
const isToRead = (path: string): boolean => /^(docs|examples)\//.test(path);

/** The files of the package that npm would publish. */
function packedFiles(): Files {
  const json = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ files }] = JSON.parse(json) as [{ readonly files: readonly { readonly path: string }[] }];
  return new Map(files.map(({ path }) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** Every file that `exports` and `bin` lead to, whether it exists or not. */
function reachedFrom(files: Files): Set<string> {
  const { exports, bin } = JSON.parse(files.get('package.json')!) as Readonly<
    Record<'exports' | 'bin', Exports>
  >;
  const reached = new Set(['package.json', ...targetsOf(exports), ...targetsOf(bin)]);
  // The set grows while it is walked.
  for (const path of reached) {
    if (files.has(path)) for (const next of referencesOf(path, files)) reached.add(next);
  }
  return reached;
}

function targetsOf(exports: Exports): string[] {
  return typeof exports === 'string' ? [posix.join(exports)] : Object.values(exports).flatMap(targetsOf);
}

/** Relative imports of every kind, as compiler and bundler write them, and locations of files: `new URL('./file', …)`. */
const references =
  /(?:\bfrom|\bimport|\b(?:import|require|new URL)\(|\bcreateRequire\([^()]*\)\()\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g;

/** A line of a comment, which may name types of a file that is bundled. */
const COMMENT_LINE = /^\s*\*.*$/gm;

/** The files to which a file refers, and the nearest package.json, which says what kind of module it is. */
function referencesOf(path: string, files: Files): string[] {
  if (!/\.(c?js|d\.c?ts)$/.test(path)) return [];
  return [...importsOf(path, files.get(path)!), scopeOf(posix.dirname(path), files)];
}

/** By path: a file is searched once, though many packages are tried that have it. */
const importsByPath = new Map<string, readonly string[]>();

function importsOf(path: string, text: string): readonly string[] {
  const known = importsByPath.get(path);
  if (known) return known;
  const code = text.replaceAll(COMMENT_LINE, '');
  const targets = [...code.matchAll(references)].map(([, , from]) => posix.join(posix.dirname(path), from!));
  const isDeclaration = path.endsWith('ts');
  const imports = isDeclaration ? targets.map((target) => target.replace(/\.(c?)js$/, '.d.$1ts')) : targets;
  importsByPath.set(path, imports);
  return imports;
}

function scopeOf(folder: string, files: Files): string {
  const path = posix.join(folder, 'package.json');
  return files.has(path) || folder === '.' ? path : scopeOf(posix.dirname(folder), files);
}

function unreached(files: Files): string[] {
  const reached = reachedFrom(files);
  return [...files.keys()].filter(
    (path) => !reached.has(path) && !documents.includes(path) && !isToRead(path),
  );
}

function missing(files: Files): string[] {
  return [...reachedFrom(files), ...documents].filter((path) => !files.has(path));
}

describe('the package', () => {
  const files = packedFiles();

  test('has every file that an import of it leads to', () => {
    expect(missing(files)).toEqual([]);
  });

  test('has no other files', () => {
    expect(unreached(files)).toEqual([]);
  });

  test.each(['.js', '.d.ts', '.cjs'])('without one of its %s files is found', (ending) => {
    for (const lost of [...files.keys()].filter((path) => path.endsWith(ending) && !isToRead(path))) {
      expect(missing(new Map([...files].filter(([path]) => path !== lost)))).toEqual([lost]);
    }
  });

  test.each(['dist/cjs/runtime/sink.js', 'dist/cjs/unused.d.ts', 'dist/cjs/lib/index.js.map'])(
    'with %s, to which nothing leads, is found',
    (path) => {
      expect(unreached(new Map([...files, [path, '']]))).toEqual([path]);
    },
  );

  test('has no source maps, whose sources it would need', () => {
    const mapped = [...files].filter(([, text]) => text.includes('sourceMappingURL='));

    expect(mapped.map(([path]) => path)).toEqual([]);
  });

  // One other character, even in a comment, makes the engine keep two bytes for each of the file, and read it slowly.
  test('has ASCII characters in its code only', () => {
    const forNode = [...files].filter(([path]) => /\.c?js$/.test(path) && !documents.includes(path));
    const others = forNode.filter(([, text]) => /[^\0-\x7f]/.test(text));

    expect(others.map(([path]) => path)).toEqual([]);
  });
});
