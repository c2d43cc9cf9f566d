import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { projectPath } from '../paths.js';

export interface Bundle {
  readonly name: 'fapilog' | 'bare-sdk';
  /** Whether the AWS client stays outside, as it does for `NodejsFunction`: Lambda has it. */
  readonly isSdkExternal: boolean;
  /** Bytes that are loaded when the function starts: the entry file and its static imports. */
  readonly entryBytes: number;
  /** Bytes of the files that are loaded on demand. */
  readonly lazy: readonly { readonly of: string; readonly bytes: number }[];
}

const sources = {
  fapilog: `import { getLogger } from './dist/esm/runtime/index.js';
    const logger = getLogger();
    export async function handler(event) { logger.info('called', { event }); await logger.flush(); }`,
  'bare-sdk': `import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
    const client = new CloudWatchLogsClient({});
    export async function handler(event) { await client.send(new PutLogEventsCommand(event)); }`,
} as const;

/** What `NodejsFunction` leaves out by default. */
export const IN_LAMBDA = ['@aws-sdk/*', '@smithy/*'];

/** Bundles a function that logs, and one that calls the service with the official client, minified. */
export function measureBundles(): Promise<Bundle[]> {
  return Promise.all([
    bundleOf('fapilog', IN_LAMBDA),
    bundleOf('fapilog', []),
    bundleOf('bare-sdk', IN_LAMBDA),
    bundleOf('bare-sdk', []),
  ]);
}

async function bundleOf(name: Bundle['name'], external: string[]): Promise<Bundle> {
  const { metafile } = await build({
    stdin: { contents: sources[name], resolveDir: projectPath(''), sourcefile: 'handler.js' },
    ...BUNDLING,
    external,
    outdir: projectPath('.cache/bench/bundle'),
    write: false,
    metafile: true,
  });
  return { name, isSdkExternal: external.length > 0, ...partsOf(metafile.outputs) };
}

/** Marks a path that the plugin itself asks for, so that it is not asked again. */
const RESOLVING = Symbol('resolving');

/** The file that the package's condition "module" names. Bundlers use it, Node.js does not. */
const asBundlersResolve: Plugin = {
  name: 'as-bundlers-resolve',
  setup(bundler) {
    bundler.onResolve({ filter: /dist\/esm\/runtime\/index\.js$/ }, () => ({
      path: projectPath('dist/bundle/runtime/index.js'),
    }));
    // bench/ is a package of its own, whose files do not find this one by its name.
    bundler.onResolve({ filter: /^fapilog-cloudwatch/ }, ({ path, kind, pluginData }) =>
      pluginData === RESOLVING
        ? undefined
        : bundler.resolve(path, { kind, resolveDir: projectPath(''), pluginData: RESOLVING }),
    );
  },
};

/** Bundles as CDK's NodejsFunction does, minified. */
export const BUNDLING = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  plugins: [asBundlersResolve],
  // CommonJS has no `import.meta`. Code that asks for it has another way.
  define: { 'import.meta.url': 'undefined' },
  logLevel: 'error',
} satisfies BuildOptions;

function partsOf(outputs: Metafile['outputs']): Pick<Bundle, 'entryBytes' | 'lazy'> {
  const files = Object.keys(outputs);
  const atOnce = new Set<string>();
  const visit = (file: string): void => {
    if (atOnce.has(file)) return;
    atOnce.add(file);
    for (const { path, kind } of outputs[file]!.imports)
      if (kind === 'import-statement' && outputs[path]) visit(path);
  };
  visit(files.find((file) => outputs[file]!.entryPoint === 'handler.js')!);
  const lazy = files
    .filter((file) => !atOnce.has(file))
    .map((file) => ({ of: mainInput(outputs[file]!), bytes: outputs[file]!.bytes }))
    .toSorted((a, b) => b.bytes - a.bytes);
  return { entryBytes: [...atOnce].reduce((sum, file) => sum + outputs[file]!.bytes, 0), lazy };
}

/** Returns the package or file with the largest share of a bundled file. */
function mainInput({ entryPoint, inputs }: Metafile['outputs'][string]): string {
  const bytes = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const of = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path;
    bytes.set(of, (bytes.get(of) ?? 0) + bytesInOutput);
  }
  const [largest] = [...bytes].toSorted(([, a], [, b]) => b - a);
  return largest?.[0] ?? entryPoint ?? 'shared';
}
