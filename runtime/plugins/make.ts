import { pathToFileURL } from 'node:url';
import { assertNoProblems, shown, type Problem } from '../../contract/problems.js';
import { requireLate } from '../io/late-modules.cjs';
import { reasonOf } from '../serialize/guard.js';
import { checkConfig, checkConfigLater } from './config.js';
import { isThenable, type Definition } from './definition.js';
import type { Choice, PluginSource } from './lookup.js';
import { isFactory, PluginError, type Factory, type PluginKind } from './registry.js';

export type ImportFile = (path: string) => Promise<unknown>;

/** Makes the thing now, or once its module is loaded. The promise rejects with a PluginError that says what to do. */
export type Make<Context, Thing> = (context: Context) => Thing | Promise<Thing>;

/**
 * Returns the function that makes a plugin. Checks the settings of a registered one at once; if it adds to `problems`, nothing may
 * be made. The schema of a package is in its module, so that its settings are checked when the module is loaded.
 */
export function makeOf<Context, Thing>(
  choice: Choice<PluginSource>,
  problems: Problem[],
  load: ImportFile = importFile,
): Make<Context, Thing> {
  const { source, config } = choice;
  if (source.kind === 'package') {
    return async (context) => loadAndMake<Thing>(choice, () => load(source.file), context);
  }
  const definition = definitionOf<Context, Thing>(source.factory);
  const value = checkConfig(definition.schema, config, problems);
  return (context) => makeNow(choice, () => definition.create(value, context));
}

/** Loads the module of a package, checks the settings with its schema, and makes the thing. */
async function loadAndMake<Thing>(
  choice: Choice<PluginSource>,
  load: () => Promise<unknown>,
  context: unknown,
): Promise<Thing> {
  const definition = await stage(choice, 'cannot be loaded', async () =>
    definitionOf<unknown, Thing>(exportedFactory(await load())),
  );
  const value = await stage(choice, 'has wrong settings', async () => {
    const problems: Problem[] = [];
    const checked = await checkConfigLater(definition.schema, choice.config, problems);
    assertNoProblems(problems);
    return checked;
  });
  return stage(choice, 'cannot be made', async () =>
    complete(choice.kind, await definition.create(value, context)),
  );
}

function makeNow<Thing>(
  choice: Choice<PluginSource>,
  create: () => Thing | Promise<Thing>,
): Thing | Promise<Thing> {
  try {
    const made = create();
    if (!isThenable(made)) return complete(choice.kind, made);
    return stage(choice, 'cannot be made', async () => complete(choice.kind, await made));
  } catch (error) {
    return Promise.reject(failure(choice, 'cannot be made', error));
  }
}

/** What to do about a failure, by what failed. */
const ADVICE = {
  'cannot be loaded': 'see that the package is installed with all that it needs, ',
  'has wrong settings': 'correct them, ',
  'cannot be made': '',
};

type Failure = keyof typeof ADVICE;

async function stage<Result>(
  choice: Choice<PluginSource>,
  what: Failure,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw failure(choice, what, error);
  }
}

/** Says which sink or filter failed, why, and what to do. */
function failure({ kind, name, source }: Choice<PluginSource>, what: Failure, cause: unknown): PluginError {
  const from = source.kind === 'package' ? ` of package ${source.package}` : '';
  const advice = `${ADVICE[what]}or take it out of core.${kind}s`;
  return new PluginError(`${kind} "${name}"${from} ${what}: ${reasonOf(cause)}; ${advice}`, { cause });
}

const METHODS: Readonly<Record<PluginKind, readonly string[]>> = {
  sink: ['write', 'flush', 'close', 'stats'],
  filter: ['apply'],
};

/** Members that a sink or filter needs and does not have. */
export function lacksOf(kind: PluginKind, made: unknown): string[] {
  const members = (made ?? {}) as Readonly<Record<string, unknown>>;
  const lacks = METHODS[kind].filter((method) => typeof members[method] !== 'function');
  return typeof members['name'] === 'string' ? lacks : ['name', ...lacks];
}

/** @throws PluginError if a member is missing that the pipeline needs. */
function complete<Thing>(kind: PluginKind, made: Thing): Thing {
  const lacks = lacksOf(kind, made);
  if (lacks.length === 0) return made;
  throw new PluginError(`what it made lacks ${lacks.join(', ')}`);
}

/** A function alone is a definition without a schema. */
function definitionOf<Context, Thing>(factory: Factory): Definition<any, Context, Thing> {
  return (typeof factory === 'function' ? { create: factory } : factory) as Definition<any, Context, Thing>;
}

/**
 * The factory that a module exports: its default export, or the module itself. Compilers put the `export default` of a
 * CommonJS module one default deeper.
 *
 * @throws PluginError if there is none.
 */
export function exportedFactory(module: unknown): Factory {
  const byDefault = defaultOf(module);
  const factory = [byDefault, defaultOf(byDefault), module].find(isFactory);
  if (factory) return factory;
  throw new PluginError(
    `its default export is ${shown(byDefault)}; a function or { schema, create } is wanted`,
  );
}

function defaultOf(module: unknown): unknown {
  return (module as { readonly default?: unknown } | null | undefined)?.default;
}

type Import = (url: string) => Promise<unknown>;

/** Loads a file as Node loads modules: ES modules and CommonJS, once in a process. */
export async function importFile(path: string): Promise<unknown> {
  const url = pathToFileURL(path).href;
  try {
    return await plainImport()(url);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return loaderImport()(url);
  }
}

/** Hidden from the compiler: in the CommonJS build it would make `require` of it, which refuses ES modules and URLs. */
function plainImport(): Import {
  // oxlint-disable-next-line typescript/no-implied-eval -- a constant text
  return new Function('url', 'return import(url)') as Import;
}

/**
 * For where `new Function` is forbidden: with --disallow-code-generation-from-strings, and in contexts of `node:vm`. Node.js before
 * 20.12 has no `constants`, so they are not imported by name.
 */
function loaderImport(): Import {
  const vm = requireLate('node:vm');
  return vm.runInThisContext('(url) => import(url)', {
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }) as Import;
}

function isForbidden(error: unknown): boolean {
  const { name, code } = (error ?? {}) as NodeJS.ErrnoException;
  return name === 'EvalError' || String(code).startsWith('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING');
}
