import type { Environment } from '../contract/codec.js';
import type {
  CloudWatchCommonInput,
  CloudWatchInput,
  CloudWatchWriterInput,
} from '../contract/inputs.generated.js';
import { sections, type CloudWatchValues } from '../contract/sections.js';
import type { RejectionHook } from './ack/settler.js';
import type { DiagnosticHook } from './io/diagnostics.js';
import type { Caller, ServiceSettings, SinkEdges } from './edges.js';
import { assertNoProblems, type Problem } from '../contract/problems.js';
import type { ClientConfig, GivenClient, LogsClient } from './send/given-client.js';
import { givenClientProblems, isGiven } from './send/given-client-problems.js';
import { asOptions, unknownSinkOptions } from './sink-option-problems.js';
import { asMapping } from './settings/document.js';
import { Settings } from './settings/settings.js';
import { shapeProblems } from './settings/unknown-options.js';

/** The sink's settings, and what cannot be said in a variable. */
export interface CloudWatchSinkOptions extends CloudWatchCommonInput, CloudWatchWriterInput {
  /**
   * What makes the calls: with `auto` the sink itself, where credentials are in the environment or at the container’s endpoint and
   * nothing else is configured, else the AWS SDK’s client; with `sdk` always that.
   *
   * Or a client of your own, which makes them: a `CloudWatchLogsClient` of the AWS SDK, of any version 3. Its Region, its credentials and
   * its middleware count; the sink retries, and neither changes nor closes it. It excludes `clientConfig`, `region`, `endpointUrl` and
   * `roleArn`.
   *
   * Allowed: one of auto, sdk, in any case. In code, a client as well.
   * Variable: `FAPILOG_CLOUDWATCH__CLIENT`.
   *
   * @default 'auto'
   */
  readonly client?: CloudWatchInput['client'] | LogsClient;
  /**
   * Options of the AWS SDK's client that makes the calls: a request handler with an agent for a proxy, credentials. It takes the place
   * of what `client` says.
   * @default - none: the sink chooses what makes the calls
   */
  readonly clientConfig?: ClientConfig | undefined;
  /** Where settings that are not given here come from. @default process.env */
  readonly env?: Environment | undefined;
  /** Called with everything that the sink reports about itself. @default - stderr only, each kind once a minute */
  readonly onDiagnostic?: DiagnosticHook | undefined;
  /** Called with each log event that the service refuses for good. @default - counted and reported only */
  readonly onRejected?: RejectionHook | undefined;
}

/** What a sink is to do, and for which service. */
export interface SinkSettings {
  readonly settings: CloudWatchValues;
  readonly service: ServiceSettings | undefined;
  /** What the application gave to make the calls with. */
  readonly given?: GivenClient | undefined;
  readonly notices: readonly string[];
}

/**
 * What the options and the environment say; settings that are checked already stand for both.
 *
 * @throws SettingsError naming every setting that is malformed or missing.
 */
export function settingsOf(
  options: CloudWatchSinkOptions,
  checked: Partial<Pick<SinkEdges, 'settings' | 'service' | 'caller'>>,
): SinkSettings {
  if (checked.settings) return { settings: checked.settings, service: checked.service, notices: [] };
  requireShape(options, checked.caller);
  const { env, client, clientConfig } = options;
  const cloudwatch = { ...settingsIn(options), client: isGiven(client) ? undefined : client };
  const { caller } = checked;
  const unknown = unknownSinkOptions(options, caller);
  const ownProblems = [...(caller?.problems ?? []), ...unknown, ...givenClientProblems({ ...options })];
  const service = new Settings(
    { core: { sinks: ['cloudwatch'] }, sinkConfig: { cloudwatch } },
    { env, requireComplete: true },
    undefined,
    (problems) => assertNoProblems(asOptions([...ownProblems, ...problems], caller)),
  );
  const { core, sinkConfig, notices } = service;
  const given = givenOf(client, clientConfig);
  if (given?.kind === 'client') assertNoProblems(asOptions(roleProblems(service), caller));
  const isOff = core.logLevel === 'silent' || sinkConfig.cloudwatch.level === 'silent';
  const settings = isOff ? switchedOff(sinkConfig.cloudwatch) : sinkConfig.cloudwatch;
  return { settings, service, given, notices };
}

/** The members that are settings: the others are problems of their own. */
function settingsIn(options: object): CloudWatchInput {
  return Object.fromEntries(
    Object.entries(options).filter(([key]) => Object.hasOwn(sections.cloudwatch.rows, key)),
  );
}

function givenOf(
  client: CloudWatchSinkOptions['client'],
  config: ClientConfig | undefined,
): GivenClient | undefined {
  if (isGiven(client)) return { kind: 'client', client };
  return config && { kind: 'config', config };
}

/** The stack may name a role for a log group of another account, and only the client knows who signs its calls. */
function roleProblems(service: Settings): Problem[] {
  const { roleArn } = service.sinkConfig.cloudwatch;
  if (roleArn === undefined) return [];
  const allowed =
    'nothing beside client: give clientConfig, whose credentials assume this role, in place of client';
  return [{ where: service.placeOf('cloudwatch', 'roleArn'), value: roleArn, allowed }];
}

/** A sink that takes nothing looks for nothing on disk either. */
function switchedOff(settings: CloudWatchValues): CloudWatchValues {
  return { ...settings, level: 'silent', spoolDir: undefined };
}

/** @throws SettingsError for options that are no object, and hooks that are no functions. */
function requireShape(options: unknown, caller: Caller | undefined): void {
  const mapping = asMapping(options);
  const wrong = mapping
    ? (['onDiagnostic', 'onRejected'] as const)
        .filter((hook) => mapping[hook] !== undefined && typeof mapping[hook] !== 'function')
        .map((hook) => ({
          where: `new CloudWatchSink: options.${hook}`,
          value: mapping[hook],
          allowed: 'a function',
        }))
    : shapeProblems('new CloudWatchSink', options);
  assertNoProblems(asOptions(wrong, caller));
}
