import { SettingsError, type Problem } from '../../contract/problems.js';
import type { Filter } from '../filter/filter.js';
import { reasonOf } from '../serialize/guard.js';
import type { Sink } from '../sink-port.js';
import { checkConfig, checkConfigLater } from './config.js';
import { definitionOf, exportedFactory, type Definition } from './exported.js';
import type { PluginKind } from './name.js';
import { PluginError } from './plugin-error.js';
import { namesSetting, type Source } from './sources.js';
import { isThenable } from './thenable.js';

/** A sink or filter that is to be made, as errors call it. */
export interface Subject {
  readonly kind: PluginKind;
  /** As the settings name it. */
  readonly name: string;
  /** The package that it comes from, if any. */
  readonly package?: string | undefined;
}

/** Settings that nobody has checked yet. */
export interface RawConfig {
  readonly where: string;
  readonly value: unknown;
}

export type PluginSource = Exclude<Source, { readonly kind: 'builtin' }>;

export type ImportFile = (path: string) => Promise<unknown>;

/** Makes the thing, now or when its module is there. The promise rejects with a PluginError that says what to do. */
export type Make<Context, Thing> = (context: Context) => Thing | Promise<Thing>;

/**
 * How a plugin is made. The settings of a registered one are checked here; a package's can be checked only when it is
 * loaded, since it brings the schema along.
 */
export function makeOf<Context, Thing extends Sink | Filter>(
  subject: Subject,
  source: PluginSource,
  config: RawConfig,
  importFile: ImportFile,
): { readonly make: Make<Context, Thing> } | { readonly problems: readonly Problem[] } {
  if (source.kind === 'package') {
    return { make: (context) => loadAndMake<Thing>(subject, source.file, config, context, importFile) };
  }
  const definition = definitionOf(source.factory as Definition<Context, Thing>);
  const checked = checkConfig(definition.schema, config.value, config.where);
  if ('problems' in checked) return checked;
  return { make: (context) => makeNow(subject, () => definition.create(checked.value, context)) };
}

/** Loads the module of a package, checks the settings with the schema that it exports, and makes the thing. */
async function loadAndMake<Thing extends Sink | Filter>(
  subject: Subject,
  file: string,
  config: RawConfig,
  context: unknown,
  importFile: ImportFile,
): Promise<Thing> {
  const definition = await stage(subject, 'cannot be loaded', async () =>
    definitionOf(exportedFactory(await importFile(file)) as Definition<unknown, Thing>),
  );
  const value = await stage(subject, 'has wrong settings', async () => {
    const checked = await checkConfigLater(definition.schema, config.value, config.where);
    if ('problems' in checked) throw new SettingsError(checked.problems);
    return checked.value;
  });
  return stage(subject, CANNOT_BE_MADE, async () =>
    complete(subject.kind, await definition.create(value, context)),
  );
}

function makeNow<Thing extends Sink | Filter>(
  subject: Subject,
  create: () => Thing | Promise<Thing>,
): Thing | Promise<Thing> {
  try {
    const made = create();
    if (!isThenable(made)) return complete(subject.kind, made);
    return stage(subject, CANNOT_BE_MADE, async () => complete(subject.kind, await made));
  } catch (error) {
    return Promise.reject(failure(subject, CANNOT_BE_MADE, error));
  }
}

const CANNOT_BE_MADE = 'cannot be made';

async function stage<Result>(subject: Subject, what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw failure(subject, what, error);
  }
}

/** What went wrong, with the name of what it went wrong with. */
function failure({ kind, name, package: from }: Subject, what: string, cause: unknown): PluginError {
  const subject = from === undefined ? `${kind} "${name}"` : `${kind} "${name}" of package ${from}`;
  const advice = `${adviceFor(what, from)}or take it out of ${namesSetting[kind]}`;
  return new PluginError(`${subject} ${what}: ${reasonOf(cause)}; ${advice}`, { cause });
}

function adviceFor(what: string, from: string | undefined): string {
  if (what === 'cannot be loaded') return `see that ${from} is installed with all that it needs, `;
  return what === 'has wrong settings' ? 'correct them, ' : '';
}

const methods: Readonly<Record<PluginKind, readonly string[]>> = {
  sink: ['write', 'flush', 'close', 'stats'],
  filter: ['apply'],
};

/** @throws PluginError if something is missing that the pipeline needs. */
function complete<Thing extends Sink | Filter>(kind: PluginKind, made: Thing): Thing {
  const members = (made ?? {}) as unknown as Readonly<Record<string, unknown>>;
  const lacks = methods[kind].filter((method) => typeof members[method] !== 'function');
  if (typeof members['name'] !== 'string') lacks.unshift('name');
  if (lacks.length === 0) return made;
  throw new PluginError(`what it made lacks ${lacks.join(', ')}`);
}
