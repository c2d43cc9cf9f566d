import { nearest } from '../../contract/nearest.js';
import { SettingsError } from '../../contract/problems.js';
import { systemClock } from '../io/clock.js';
import { Diagnostics } from '../io/diagnostics.js';
import { writeStderr } from '../io/stderr.js';
import { Settings } from '../settings.js';
import { CloudWatchSink } from '../sink.js';
import type { Sink } from '../sink-port.js';
import { Logger } from './logger.js';
import { Pipeline } from './pipeline.js';

export interface LoggerOptions {
  /** @default - from the environment */
  readonly settings?: Settings | undefined;
  /** Sinks made by the caller, in place of those that the settings name. */
  readonly sinks?: readonly Sink[] | undefined;
}

let environmentLogger: Logger | undefined;

/**
 * A logger. Without options, everything comes from the environment, and every call gives the same logger; with
 * options, each call makes a new one with sinks of its own.
 *
 * @throws SettingsError naming every setting that is malformed or missing.
 */
export function getLogger(options?: LoggerOptions): Logger {
  if (options) return makeLogger(options);
  return (environmentLogger ??= makeLogger({}));
}

function makeLogger({ settings, sinks }: LoggerOptions): Logger {
  const known = settings ?? new Settings({}, { requireComplete: sinks === undefined });
  const diagnostics = new Diagnostics(systemClock, writeStderr);
  const pipeline = new Pipeline(sinks ?? known.core.sinks.map((name) => makeSink(name, known)), diagnostics);
  if (known.notices.length > 0) diagnostics.report('settings', known.notices.join('; '));
  return new Logger(pipeline, known.core.logLevel);
}

type SinkFactory = (settings: Settings) => Sink;

const sinkFactories: Readonly<Record<string, SinkFactory>> = {
  cloudwatch: ({ sinkConfig }) => new CloudWatchSink({ ...sinkConfig.cloudwatch, env: {} }),
};

function makeSink(name: string, settings: Settings): Sink {
  const factory = Object.hasOwn(sinkFactories, name) ? sinkFactories[name] : undefined;
  if (factory) return factory(settings);
  const known = Object.keys(sinkFactories);
  const meant = nearest(name, known);
  const allowed = `one of ${known.join(', ')}${meant ? `; did you mean "${meant}"?` : ''}`;
  throw new SettingsError([{ where: 'core.sinks', value: name, allowed }]);
}
