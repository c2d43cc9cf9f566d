import type { CloudWatchInput } from '../../contract/inputs.generated.js';
import { type Problem, ruleOf, shown } from '../../contract/problems.js';
import type { CloudWatchValues } from '../../contract/sections.js';
import { Settings } from '../../runtime/settings/settings.js';
import { endpointOf, regionOf } from '../aws/connection.js';
import { Failure } from '../failure.js';

/** Where the lines go, as the options say it. They win over the environment. */
export interface TargetOptions {
  readonly group?: string | undefined;
  readonly stream?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpointUrl?: string | undefined;
  /** Whether to create a log group or a log stream that is missing. @default - as the environment says */
  readonly create?: boolean | undefined;
}

/** The settings of the environment and of the options. */
export interface EmitSettings {
  readonly cloudwatch: CloudWatchValues;
  /** All of them, such as those of the redaction. */
  readonly all: Settings;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Defaults of the command that are not those of an application. Lines come back in the order in which they were read, and nothing is
 * shortened. Whoever writes waits while the service is down, so that no batch is given up for its age.
 */
const DEFAULTS = {
  ordered: true,
  oversizeAction: 'split',
  maxBatchAgeSeconds: 1_209_600,
} as const satisfies Partial<CloudWatchValues>;

/**
 * The least memory for what waits. Reading pauses while half of it is in use; the other half has room for all lines of what is read by
 * then, a long line of control characters and 65,536 short ones included, so that nothing is ever dropped for want of room.
 */
const MIN_QUEUE_BYTES = 41_943_040;
const MIN_QUEUE_EVENTS = 250_000;

/** @throws Failure that names what is missing or malformed */
export function emitSettings(options: TargetOptions, env: Environment): EmitSettings {
  const all = settingsOf(inputOf(options), env);
  const { cloudwatch } = all.sinkConfig;
  requireLevel(all);
  if (cloudwatch.logGroupName === undefined)
    throw new Failure(
      'There is no log group. Give --group /host/web1, or set FAPILOG_CLOUDWATCH__LOG_GROUP_NAME.',
    );
  const region = cloudwatch.region ?? regionOf(options, env);
  // The sink would repeat its calls until the deadline.
  if (cloudwatch.endpointUrl === undefined) endpointOf(env);
  return { all, cloudwatch: { ...withDefaults(cloudwatch, all), ...bounds(cloudwatch), region } };
}

function inputOf({ group, stream, region, endpointUrl, create }: TargetOptions): CloudWatchInput {
  return {
    ...(group !== undefined && { logGroupName: group }),
    ...(stream !== undefined && { logStreamName: stream }),
    ...(region !== undefined && { region }),
    ...(endpointUrl !== undefined && { endpointUrl }),
    ...(create !== undefined && { createLogGroup: create, createLogStream: create }),
    // The command has the signals to itself: it drains by its own deadline.
    installSignalHandlers: false,
  };
}

/** Names of settings in code, as who types knows them. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
  'sinkConfig.cloudwatch.logGroupName': '--group',
  'sinkConfig.cloudwatch.logStreamName': '--stream',
  'sinkConfig.cloudwatch.region': '--region',
  'sinkConfig.cloudwatch.endpointUrl': '--endpoint-url',
};

function settingsOf(cloudwatch: CloudWatchInput, env: Environment): Settings {
  return new Settings(
    { core: { sinks: ['cloudwatch'] }, sinkConfig: { cloudwatch } },
    { env },
    undefined,
    requireNoProblems,
  );
}

function requireNoProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const texts = problems.map(
    ({ where, value, allowed }) =>
      `${OPTION_NAMES[where] ?? where} is ${shown(value)}${ruleOf(allowed.replace(/\.$/, ''))}.`,
  );
  throw new Failure(texts.join(' '));
}

function requireLevel(settings: Settings): void {
  const isOff = settings.core.logLevel === 'silent';
  if (!isOff && settings.sinkConfig.cloudwatch.level !== 'silent') return;
  const place = isOff ? settings.placeOf('core', 'logLevel') : settings.placeOf('cloudwatch', 'level');
  throw new Failure(`${place} is silent: nothing would be delivered. Unset it for this command.`);
}

function withDefaults(cloudwatch: CloudWatchValues, { places }: Settings): CloudWatchValues {
  const unset = Object.entries(DEFAULTS).filter(([key]) => !places.has(`cloudwatch.${key}`));
  return { ...cloudwatch, ...Object.fromEntries(unset) };
}

function bounds({ maxQueueBytes, maxQueueEvents }: CloudWatchValues): Partial<CloudWatchValues> {
  return {
    maxQueueBytes: Math.max(maxQueueBytes, MIN_QUEUE_BYTES),
    maxQueueEvents: Math.max(maxQueueEvents, MIN_QUEUE_EVENTS),
  };
}
