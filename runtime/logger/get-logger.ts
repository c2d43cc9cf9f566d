import type { Problem } from '../../contract/problems.js';
import { Settings, type SettingsInput } from '../settings/settings.js';
import { Logger } from './logger.js';
import { checkOptions, type LoggerOptions } from './logger-options.js';
import { makePipeline } from './make-pipeline.js';

/** The key of the shared logger: the ESM and the CommonJS copy of this package in a process use the same one. */
const SHARED = Symbol.for('fapilog-cloudwatch.environment-logger');

interface Shared {
  [SHARED]?: Logger | undefined;
}

/**
 * Returns a logger. Without options, the settings come from the environment, and all calls share one pipeline until it is closed. A
 * name becomes the field `logger` of the lines. With options, each call makes a pipeline of its own.
 *
 * Where `FAPILOG_CONFIG_SSM` is set, the first call blocks the thread until the parameter is read, unless
 * `await Settings.load()` came before.
 *
 * @throws SettingsError naming every option that nobody knows, and every setting that is malformed or missing.
 */
export function getLogger(nameOrOptions?: string | LoggerOptions): Logger {
  if (nameOrOptions !== undefined && typeof nameOrOptions !== 'string') return makeLogger(nameOrOptions);
  const shared = globalThis as Shared;
  const open = shared[SHARED]?.isClosed ? undefined : shared[SHARED];
  const logger = (shared[SHARED] = open ?? makeLogger({}));
  return nameOrOptions === undefined ? logger : logger.child({ logger: nameOrOptions });
}

function makeLogger(options: LoggerOptions): Logger {
  const { usable, problems } = checkOptions(options);
  const { sinks, worker, serializers } = usable;
  const found: Problem[] = [];
  const settings = settingsOf(usable, (more) => void found.push(...more));
  const pipeline = makePipeline(settings, sinks, worker, [...problems, ...found]);
  return new Logger(pipeline, { level: settings.core.logLevel, serializers });
}

type OnProblems = (problems: readonly Problem[]) => void;

/** The settings, which must be complete unless the caller made the sinks. */
function settingsOf({ settings, sinks }: LoggerOptions, onProblems: OnProblems): Settings {
  const requireComplete = sinks === undefined;
  if (!isSettings(settings)) return new Settings(settings, { requireComplete }, undefined, onProblems);
  if (requireComplete) onProblems(settings.missing);
  return settings;
}

/** Recognizes settings of another copy of this package, too. */
function isSettings(given: Settings | SettingsInput | undefined): given is Settings {
  return given instanceof Settings || (given !== undefined && 'placeOf' in given);
}
