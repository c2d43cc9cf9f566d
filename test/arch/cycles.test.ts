import { posix } from 'node:path';
import { importsOf, sourceFiles, type SourceFile } from '../support/imports.js';

/** Folders of the source tree that must be free of cycles. */
const folders = ['lib', 'runtime', 'local', 'cli', 'contract', 'bench'];

/** What imports what, by name. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Imports between files, types included: a type that two files need of each other ties them as much as a value does. */
function fileGraph(files: readonly SourceFile[]): Graph {
  const paths = new Set(files.map(({ path }) => path));
  return new Map(
    files.map((file) => [file.path, new Set(targetsOf(file).filter((target) => paths.has(target)))]),
  );
}

/** The same between folders. A file at the top of the tree stands for itself: several folders may share it. */
function folderGraph(files: readonly SourceFile[]): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [path, targets] of fileGraph(files)) {
    const folder = folderOf(path);
    const known = graph.get(folder) ?? new Set();
    const others = [...targets].map(folderOf).filter((other) => other !== folder);
    graph.set(folder, new Set([...known, ...others]));
  }
  return graph;
}

function folderOf(path: string): string {
  return path.split('/').length > 2 ? posix.dirname(path) : path;
}

/** The TypeScript files behind the relative imports of a file. */
function targetsOf({ path, source }: SourceFile): string[] {
  return importsOf(source)
    .filter(({ from }) => from.startsWith('.') && /\.c?js$/.test(from))
    .map(({ from }) => posix.join(posix.dirname(path), from).replace(/js$/, 'ts'));
}

/** The shortest cycle through each name, every cycle once. */
function cyclesOf(graph: Graph): string[] {
  const cycles = [...graph.keys()].flatMap((name) => wayBack(graph, name) ?? []);
  return [...new Set(cycles)].toSorted();
}

function wayBack(graph: Graph, start: string): string | undefined {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const next of graph.get(way.at(-1)!) ?? []) {
      if (next === start) return inOneSpelling(way);
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

/** A cycle reads from its first name in the alphabet, wherever it was entered. */
function inOneSpelling(cycle: readonly string[]): string {
  const first = cycle.indexOf(cycle.toSorted()[0]!);
  return [...cycle.slice(first), ...cycle.slice(0, first + 1)].join(' → ');
}

describe('the source tree has no cycle', () => {
  const files = folders.flatMap(sourceFiles);

  test.each(folders)('and %s is looked at', (folder) => {
    expect(files.filter(({ path }) => path.startsWith(`${folder}/`))).not.toEqual([]);
  });

  test('and every relative import leads to a file', () => {
    const paths = new Set([...files, ...sourceFiles('tools')].map(({ path }) => path));
    const lost = files.flatMap((file) => targetsOf(file).filter((target) => !paths.has(target)));

    expect(lost).toEqual([]);
  });

  test('between files', () => {
    expect(cyclesOf(fileGraph(files))).toEqual([]);
  });

  test('between folders', () => {
    expect(cyclesOf(folderGraph(files))).toEqual([]);
  });
});

describe('a cycle is found', () => {
  test.each<[string, Record<string, string>, { files: string[]; folders: string[] }]>([
    [
      'between two files of a folder',
      { 'a/x/one.ts': `import { two } from './two.js';`, 'a/x/two.ts': `export * from './one.js';` },
      { files: ['a/x/one.ts → a/x/two.ts → a/x/one.ts'], folders: [] },
    ],
    [
      'of a value one way and a type the other',
      {
        'a/x/one.ts': `import { two } from './two.js';`,
        'a/x/two.ts': `import type { One } from './one.js';`,
      },
      { files: ['a/x/one.ts → a/x/two.ts → a/x/one.ts'], folders: [] },
    ],
    [
      'through a dynamic import and a required module',
      {
        'a/one.ts': `const two = await import('./two.cjs');`,
        'a/two.cts': `const one = require('./one.js');`,
      },
      { files: ['a/one.ts → a/two.cts → a/one.ts'], folders: ['a/one.ts → a/two.cts → a/one.ts'] },
    ],
    [
      'between folders whose files have none',
      {
        'a/x/one.ts': `import { two } from '../y/two.js';`,
        'a/y/two.ts': '',
        'a/y/three.ts': `import type { Four } from '../x/four.js';`,
        'a/x/four.ts': '',
      },
      { files: [], folders: ['a/x → a/y → a/x'] },
    ],
    [
      'of three folders, two of them in different trees',
      {
        'a/x/one.ts': `import { two } from '../y/two.js';`,
        'a/y/two.ts': `import { three } from '../../b/z/three.js';`,
        'b/z/three.ts': `import { four } from '../../a/x/four.js';`,
        'a/x/four.ts': '',
      },
      { files: [], folders: ['a/x → a/y → b/z → a/x'] },
    ],
    [
      'between a folder and a file above it',
      {
        'a/top.ts': `import { one } from './x/one.js';`,
        'a/x/two.ts': `import '../top.js';`,
        'a/x/one.ts': '',
      },
      { files: [], folders: ['a/top.ts → a/x → a/top.ts'] },
    ],
  ])('%s', (_, sources, expected) => {
    const files = Object.entries(sources).map(([path, source]) => ({ path, source }));

    expect(cyclesOf(fileGraph(files))).toEqual(expected.files);
    expect(cyclesOf(folderGraph(files))).toEqual(expected.folders);
  });

  test('and a shared file at the top of a tree is none', () => {
    const files = [
      { path: 'a/index.ts', source: `export { one } from './x/one.js';` },
      { path: 'a/x/one.ts', source: `import { two } from '../y/two.js';` },
      { path: 'a/y/two.ts', source: `import { tokens } from '../tokens.js';` },
      { path: 'a/tokens.ts', source: '' },
    ];

    expect(cyclesOf(folderGraph(files))).toEqual([]);
  });
});
