import { readFileSync } from 'node:fs';
import { posix, relative } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import type { Output, OutputFile } from './output.js';

/** What the package's exports lead to. */
const DOORS = [
  'runtime/index.ts',
  'runtime/adapters/pino.ts',
  'runtime/worker/fapilog-worker.ts',
  'runtime/yaml.ts',
];

export interface DoorOptions {
  /** Packages that stay outside, where they are found by their name; the rest becomes part of the doors. */
  readonly external: readonly string[];
  /** Sources that become files of their own. */
  readonly late: readonly string[];
}

/** For Node.js, which finds packages where they are installed: what is here is what every program needs at its start. */
export const forNode: DoorOptions = {
  external: ['@aws-sdk/*', 'yaml'],
  late: [
    'runtime/sinks/file-sink.ts',
    'runtime/sinks/pretty-format.ts',
    'runtime/sinks/stream-sink.ts',
    'runtime/spool/spool.ts',
    'runtime/worker/exit-drain.ts',
    'runtime/worker/worker-port.ts',
  ],
};

/** For bundlers, which cannot tell what of a CommonJS package is called, and put files together themselves. */
export const forBundlers: DoorOptions = { external: ['yaml'], late: [] };

/** Whether Node.js loads this import of a door with its first use, because most programs never use it. */
export function isLate(specifier: string): boolean {
  return forNode.late.some((source) => specifier.endsWith(source.replace(/\.ts$/, '.js')));
}

/** Stands for the folder of the output, until it is known from which file it is seen. */
const OUTPUT = 'output:';

export interface BundledDoors<Written = Output> {
  readonly outputs: readonly Written[];
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

/** The doors as ES modules, with what they share in modules of its own, and in others what is loaded later. */
export async function bundleDoors(root: string, { external, late }: DoorOptions): Promise<BundledDoors> {
  const { outputFiles, metafile } = await build({
    ...BUILD,
    entryPoints: [...DOORS, ...late],
    absWorkingDir: root,
    chunkNames: 'runtime/shared/[name]-[hash]',
    splitting: true,
    format: 'esm',
    external: [...external],
    plugins: [filesApart(late), withoutMeanings, versionsAlone],
  });
  const outputs = outputFiles.map(({ path: file, text }) => {
    const path = relative(root, file);
    const { exports, entryPoint = '' } = metafile.outputs[path]!;
    const isDoor = DOORS.includes(entryPoint);
    return { path, code: text.replaceAll(`"${OUTPUT}`, `"${wayOut(path)}`), exports, isDoor };
  });
  return { outputs, packages: packagesOf(Object.keys(metafile.inputs)) };
}

/** A package inside another one is one of its own. */
function packagesOf(inputs: readonly string[]): string[] {
  const folders = inputs.map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))];
}

/**
 * The construct in one file, for `require` alone: what a synthesis loads of ours. CDK itself stays outside, for there must be
 * one copy of it.
 */
export async function bundleCdkDoor(root: string): Promise<BundledDoors<OutputFile>> {
  const { outputFiles, metafile } = await build({
    ...BUILD,
    entryPoints: ['lib/index.ts'],
    absWorkingDir: root,
    format: 'cjs',
    external: ['aws-cdk-lib', 'constructs'],
  });
  const outputs = outputFiles.map(({ path, text }) => ({ path: relative(root, path), code: text }));
  return { outputs, packages: packagesOf(Object.keys(metafile.inputs)) };
}

/** A member `meaning` or `otherwise` of a setting, as the formatter writes it. */
const MEANING = /^ +(?:meaning|otherwise):\s+(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"),\n/gm;

/** What documents say of the settings is of no use to a program that runs. */
const withoutMeanings: Plugin = {
  name: 'without-meanings',
  setup(bundler) {
    bundler.onLoad({ filter: /\/contract\/settings\/[^/]+\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(MEANING, ''),
      loader: 'ts',
    }));
  },
};

/** Clients of the AWS SDK import their whole package.json for its version. */
const versionsAlone: Plugin = {
  name: 'versions-alone',
  setup(bundler) {
    bundler.onLoad({ filter: /\/@aws-sdk\/[^/]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

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
