import { hasVariables } from '../../contract/codec.js';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { reasonOf } from '../serialize/guard.js';
import { unboundHint } from '../settings/unbound-program.js';
import { Settings, type SettingsInput } from '../settings/settings.js';
import { levelNamed, Logger } from './logger.js';
import { checkOptions, type LoggerOptions } from './logger-options.js';
import { makePipeline, makeSilentPipeline, makeStandInPipeline } from './make-pipeline.js';

/** The key of the shared logger: the ESM and the CommonJS copy of this package in a process use the same one. */
const SHARED = Symbol.for('fapilog-cloudwatch.environment-logger');

interface Shared {
  [SHARED]?: Logger | undefined;
}

/**
 * Returns a logger. Without options, the settings come from the environment, and all calls share one pipeline until it is closed. A
 * name becomes the field `logger` of the lines. With options, each call makes a pipeline of its own.
 *
 * In a process without any variable of this package, a logger without settings writes to stderr and says there with the first line what is missing, so
 * that no import fails; on Lambda and ECS this is an error, because there the stack has forgotten it. Where the level is `silent`, or the list of sinks is empty, nothing has to be set.
 *
 * Where `FAPILOG_CONFIG_SSM` is set, the first call blocks the thread until the parameter is read, unless
 * `await Settings.load()` came before.
 *
 * @throws SettingsError naming every option that nobody knows, and every setting that is malformed or missing.
 */
export function getLogger(nameOrOptions?: string | LoggerOptions): Logger;
export function getLogger(nameOrOptions?: string | LoggerOptions, ...others: unknown[]): Logger {
  assertNoProblems(secondOptions(others));
  if (nameOrOptions !== undefined && typeof nameOrOptions !== 'string') return makeLogger(nameOrOptions);
  const shared = globalThis as Shared;
  const open = shared[SHARED]?.isClosed ? undefined : shared[SHARED];
  const logger = (shared[SHARED] = open ?? makeLogger({}));
  return nameOrOptions === undefined ? logger : logger.child({ logger: nameOrOptions });
}

/** Options behind a name would have no effect. Anything else there comes from a call such as `names.map(getLogger)`. */
function secondOptions([second]: readonly unknown[]): Problem[] {
  if (typeof second !== 'object' || second === null || Array.isArray(second)) return [];
  const allowed = 'one argument, a name or options; for both: getLogger({ … }).child({ logger: name })';
  return [{ where: 'the second argument of getLogger', value: second, allowed }];
}

function makeLogger(options: LoggerOptions): Logger {
  const { usable, problems } = checkOptions(options);
  const { settings, sinks: ownSinks, worker, serializers } = usable;
  const level = usable.level === undefined ? undefined : levelNamed(usable.level);
  const isUnset = settings === undefined && ownSinks === undefined && isWithoutSettings(process.env);
  const requireComplete = ownSinks === undefined && !isUnset && level !== 'silent';
  const found: Problem[] = [];
  const known = settingsOf(usable, requireComplete, (more) => void found.push(...more));
  const parts = { ownSinks, worker, problems: [...problems, ...found] };
  const state = { level: level ?? known.core.logLevel, serializers };
  if (state.level === 'silent') return new Logger(makeSilentPipeline(known, parts), state);
  if (isUnset) return new Logger(makeStandInPipeline(known, parts, unsetError()), state);
  return new Logger(makePipeline(known, parts), state);
}

type OnProblems = (problems: readonly Problem[]) => void;

function settingsOf({ settings }: LoggerOptions, requireComplete: boolean, onProblems: OnProblems): Settings {
  if (!isSettings(settings)) return new Settings(settings, { requireComplete }, undefined, onProblems);
  if (requireComplete) onProblems(settings.missing);
  return settings;
}

/** Recognizes settings of another copy of this package, too. */
function isSettings(given: Settings | SettingsInput | undefined): given is Settings {
  return given instanceof Settings || (given !== undefined && 'placeOf' in given);
}

/** A function or a container on AWS that has no variables was forgotten to be bound. It had better not start. */
function isWithoutSettings(env: NodeJS.ProcessEnv): boolean {
  return !hasVariables(env) && unboundHint(env) === '';
}

/** Says what is missing. */
function unsetError(): Error {
  const missing = reasonOf(thrownBy(() => new Settings({}, { requireComplete: true })));
  return new Error(`nothing is configured: ${missing}`);
}

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (thrown) {
    return thrown;
  }
}
