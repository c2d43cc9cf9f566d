import { readFileSync } from 'node:fs';
import { posix, relative } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import type { Output } from './output.js';

export interface ModuleOptions {
  /** Packages that stay outside, where they are found by their name; the rest becomes part of the entry points. */
  readonly external: readonly string[];
  /** Sources that become files of their own. */
  readonly late: readonly string[];
  /** Where the code goes that several of them share. */
  readonly shared: string;
  /** The source that programs load first, so that what it needs is in few files, whoever else needs parts of it. */
  readonly start?: string;
  /** Files that take the place of packages. */
  readonly alias?: Readonly<Record<string, string>>;
  /** Whether they look for the AWS SDK by its name, unless an entry point has brought it. */
  readonly findsSdk?: boolean;
  /** Whether they read what rows of settings say of themselves and of Python. */
  readonly readsRows?: boolean;
}

/** For Node.js, which finds packages where they are installed: what is here is what every program needs at its start. */
export const forNode: ModuleOptions = {
  external: ['@aws-sdk/*', 'winston', 'yaml'],
  late: [
    'runtime/sinks/file-sink.ts',
    'runtime/sinks/pretty-format.ts',
    'runtime/sinks/stream-sink.ts',
    'runtime/spool/spool.ts',
    'runtime/worker/exit-drain.ts',
    'runtime/worker/worker-port.ts',
  ],
  start: 'runtime/index.ts',
  shared: 'runtime/shared',
};

/** The worker thread. It shares no file with the logger, which it never loads. */
export const forThreads: ModuleOptions = {
  external: forNode.external,
  late: [],
  shared: 'runtime/worker/shared',
};

/** For bundlers, which cannot tell what of a CommonJS package is called, and put files together themselves. */
export const forBundlers: ModuleOptions = {
  // There must be one copy of it, of which the application has its logger.
  external: ['winston'],
  late: [],
  shared: forNode.shared,
  // The parser's ES modules: its CommonJS asks for `process`, which a bundle of ES modules cannot.
  alias: { yaml: './node_modules/yaml/browser/dist/index.js' },
  findsSdk: true,
};

/** The construct. CDK itself stays outside, for there must be one copy of it. */
export const forSynthesis: ModuleOptions = {
  external: ['aws-cdk-lib', 'constructs'],
  late: [],
  shared: 'lib/shared',
  readsRows: true,
};

/** For tests. They share no file with the runtime, which would then load more files at its start. */
export const forTests: ModuleOptions = { external: [], late: [], shared: 'local/shared' };

/** The command line, which Node.js runs. Other packages than its dependencies become part of it. */
export const forCommands: ModuleOptions = { external: forNode.external, late: [], shared: 'cli/shared' };

/** Whether Node.js loads this import with its first use, because most programs never use it. */
export function isLate(specifier: string): boolean {
  return forNode.late.some((source) => specifier.endsWith(source.replace(/\.ts$/, '.js')));
}

/** Stands for the folder of the output, until it is known from which file it is seen. */
const OUTPUT = 'output:';

export interface Bundles {
  readonly outputs: readonly Output[];
  /** CommonJS modules of ours that they import, which the compiler has made. */
  readonly commonJs: readonly string[];
  /** Folders of the packages that became part of them, relative to the root. */
  readonly packages: readonly string[];
}

const BUILD = {
  outdir: '.',
  outbase: '.',
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Modules whose unused parts can be left out, where a package has them.
  mainFields: ['module', 'main'],
  legalComments: 'inline',
  metafile: true,
  write: false,
} satisfies BuildOptions;

/** Entry points as ES modules, with shared code in modules of its own, and in others the code that is loaded later. */
export async function bundleModules(
  root: string,
  sources: readonly string[],
  { external, late, shared, start, alias = {}, findsSdk = false, readsRows = false }: ModuleOptions,
): Promise<Bundles> {
  const others = [...sources, ...late].filter((source) => source !== start);
  const { outputFiles, metafile } = await build({
    ...BUILD,
    entryPoints: [...sources, ...late],
    absWorkingDir: root,
    chunkNames: `${shared}/[name]-[hash]`,
    splitting: true,
    format: 'esm',
    // The check of the peers is left out: who bundles has CDK, and for `require` it is put in front.
    logOverride: { 'ignored-bare-import': 'silent' },
    external: [...external],
    alias: { ...alias },
    plugins: [
      ...(start === undefined ? [] : [afterStart(start, others)]),
      filesApart(late),
      ...(findsSdk ? [sdkFound] : []),
      ...(readsRows ? [] : [withoutMeanings]),
    ],
  });
  const reached = reachedFrom(sources, metafile);
  const outputs = outputFiles
    .map(({ path, text }) => ({ path: relative(root, path), text }))
    .filter(({ path }) => reached.includes(path))
    .map(({ path, text }) => {
      const { exports, entryPoint = '' } = metafile.outputs[path]!;
      const code = withImportsMerged(text).replaceAll(`"${OUTPUT}`, `"${wayOut(path)}`);
      return { path, code, exports, isEntryPoint: sources.includes(entryPoint) };
    });
  const commonJs = reached.filter((path) => path.endsWith('.cjs'));
  return { outputs, commonJs, packages: packagesOf(metafile) };
}

/** Files that these sources lead to. The bundler also writes modules whose only `import()` is in code that it left out. */
function reachedFrom(sources: readonly string[], { outputs }: Metafile): string[] {
  const reached = new Set(sources.map((source) => source.replace(/\.ts$/, '.js')));
  // The set grows while it is walked.
  for (const path of reached) {
    for (const { path: target, external } of outputs[path]?.imports ?? []) {
      if (target.startsWith(OUTPUT)) reached.add(target.slice(OUTPUT.length));
      else if (!external) reached.add(target);
    }
  }
  return [...reached];
}

/** The packages in a bundle. One inside another one is one of its own. */
export function packagesOf({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))];
}

/** A member of a setting, section or kind that only documents, tests and the construct read, with its value, as the formatter writes it. */
const FOR_READERS = /^( +)(?:meaning|otherwise|python|inputType):.*\n(?:\1(?: +|[)}\]]).*\n)*/gm;

/** Leaves out the texts that only the documents of settings show. */
const withoutMeanings: Plugin = {
  name: 'without-meanings',
  setup(bundler) {
    bundler.onLoad({ filter: /\/contract\/(?:settings\/[^/]+|sections|kinds)\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(FOR_READERS, ''),
      loader: 'ts',
    }));
  },
};

/** Takes the module that looks for the AWS SDK in place of the one that imports it. */
const sdkFound: Plugin = {
  name: 'sdk-found',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\/installed-sdk\.js$/ }, ({ resolveDir }) => {
      return { path: posix.join(resolveDir, 'found-sdk.ts') };
    });
  },
};

/**
 * Has these sources, and those that are loaded by `import()`, import the start, which their programs have loaded already. Otherwise each
 * set of them that shares some code has a file of its own, and Node.js takes a third of a millisecond to load one.
 */
function afterStart(start: string, sources: readonly string[]): Plugin {
  return {
    name: 'after-start',
    setup(bundler) {
      const { absWorkingDir = '.' } = bundler.initialOptions;
      const path = posix.join(absWorkingDir, start);
      const after = new Set(sources.map((source) => posix.join(absWorkingDir, source)));
      bundler.onResolve({ filter: /^the-start$/ }, () => ({ path, sideEffects: true }));
      bundler.onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ kind, path: specifier, resolveDir }) => {
        if (kind === 'dynamic-import') after.add(posix.join(resolveDir, specifier.replace(/\.js$/, '.ts')));
        return undefined;
      });
      bundler.onLoad({ filter: /\/runtime\/.*\.ts$/ }, (file) => {
        if (!after.has(file.path)) return undefined;
        return { contents: `${readFileSync(file.path, 'utf8')}import 'the-start';`, loader: 'ts' };
      });
    },
  };
}

/** Imports names from each module once. The bundler leaves an import for each source, and every bundler later a `require` for each. */
function withImportsMerged(code: string): string {
  const named = /^import \{([^}]*)\} from ("[^"]+");\n/gm;
  const imported = new Map<string, string[]>();
  for (const [, list, module] of code.matchAll(named)) {
    const names = list!.split(',').map((name) => name.trim());
    imported.set(module!, [...(imported.get(module!) ?? []), ...names.filter((name) => name !== '')]);
  }
  return code.replaceAll(named, (_, _list, module: string) => {
    const names = imported.get(module);
    imported.delete(module);
    return names ? `import { ${names.join(', ')} } from ${module};\n` : '';
  });
}

function wayOut(path: string): string {
  return `${posix.relative(posix.dirname(path), '.')}/`;
}

/**
 * Some files stay files. What is CommonJS already stays the compiler's: it loads packages without waiting, and knows its
 * folder. What is loaded later is imported as it will be.
 */
function filesApart(late: readonly string[]): Plugin {
  return {
    name: 'files-apart',
    setup(bundler) {
      const { absWorkingDir = '.' } = bundler.initialOptions;
      bundler.onResolve({ filter: /^\.{1,2}\/.*\.c?js$/ }, ({ path, resolveDir }) => {
        const target = relative(absWorkingDir, posix.join(resolveDir, path));
        const isApart = target.endsWith('.cjs')
          ? target.startsWith('runtime/')
          : late.includes(target.replace(/\.js$/, '.ts'));
        return isApart ? { path: OUTPUT + target, external: true } : undefined;
      });
    },
  };
}
