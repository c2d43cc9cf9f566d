import { build, type BuildOptions, type Plugin } from 'esbuild';
import { runChild } from '../child/run-child.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Options } from '../options.js';
import { projectPath } from '../paths.js';
import type { Program } from '../program.js';
import { BUNDLING } from './bundle.js';
import type { Progress } from './progress.js';
import { takeTurns, type Measured } from './turns.js';

export interface Mark {
  /** Milliseconds since the process was started. */
  readonly wallMs: number;
  /** Milliseconds of CPU time of the process. */
  readonly cpuMs: number;
  /** Whether the AWS client is among the loaded modules. In a bundle this cannot be seen. */
  readonly isSdkLoaded: boolean;
}

export interface Marks {
  readonly imported: Mark;
  readonly logged: Mark;
  /** Absent for a program that delivers nothing. */
  readonly delivered?: Mark;
}

/** Forms of a program: its imports as ES modules, as CommonJS modules, or with all of them in one minified file. */
export const FORMS = ['ES module', 'CommonJS', 'bundled'] as const;

export type Form = (typeof FORMS)[number];

export type StartupName = `${Program}, ${Form}`;
export type Startup = Measured<StartupName, Marks>;

/** Measures each program in each form, in fresh processes. */
export async function measureStartup(
  { starts, startsOf }: Pick<Options, 'starts' | 'startsOf'>,
  endpoint: Endpoint,
  progress: Progress,
): Promise<Startup[]> {
  const names = startsOf.flatMap((program) => FORMS.map((form): StartupName => `${program}, ${form}`));
  await buildForms(startsOf);
  const startups = await takeTurns({
    what: 'startup',
    names,
    repetitions: starts,
    progress,
    run: (name) => startOnce(name, endpoint),
  });
  await endpoint.verdict(0);
  return startups;
}

/** One start of a program, by Node.js or another version of it. */
export function startOnce(name: StartupName, endpoint: Endpoint, node?: string): Promise<Marks> {
  const [program, form] = name.split(', ') as [Program, Form];
  const { file, variables } = sourceOf(program);
  return runChild<Marks>(pathOf(file, form), { endpoint: endpoint.url, timeoutMs: 30_000, node, variables });
}

type File = Exclude<Program, 'fapilog-sdk'>;

function sourceOf(program: Program): { file: File; variables: NodeJS.ProcessEnv } {
  if (program !== 'fapilog-sdk') return { file: program, variables: {} };
  return { file: 'fapilog', variables: { FAPILOG_CLOUDWATCH__CLIENT: 'sdk' } };
}

/** Below bench/, where Node.js finds the peers. */
function pathOf(program: File, form: Form): string {
  if (form === 'ES module') return `bench/startup/${program}.mjs`;
  return `bench/.cache/startup/${form}/${program}.cjs`;
}

async function buildForms(programs: readonly Program[]): Promise<void> {
  const forms = { CommonJS: COMMON_JS, bundled: BUNDLING } satisfies Partial<Record<Form, BuildOptions>>;
  const files = [...new Set(programs.map((program) => sourceOf(program).file))];
  await Promise.all(
    files.flatMap((file) =>
      (['CommonJS', 'bundled'] as const).map((form) =>
        build({
          ...forms[form],
          entryPoints: [projectPath(pathOf(file, 'ES module'))],
          outfile: projectPath(pathOf(file, form)),
        }),
      ),
    ),
  );
}

/** The file that `require` gets of this package. */
const asRequired: Plugin = {
  name: 'as-required',
  setup(bundler) {
    bundler.onResolve({ filter: /dist\/esm\/runtime\/index\.js$/ }, () => ({
      path: projectPath('dist/cjs/runtime/index.js'),
      external: true,
    }));
  },
};

/** Translates a program to CommonJS; packages stay where they are. */
const COMMON_JS: BuildOptions = { ...BUNDLING, minify: false, packages: 'external', plugins: [asRequired] };
