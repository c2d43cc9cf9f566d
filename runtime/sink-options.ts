import type { Environment } from '../contract/codec.js';
import type { CloudWatchInput, CloudWatchValues } from '../contract/sections.js';
import type { RejectionHook } from './ack/settler.js';
import type { DiagnosticHook } from './io/diagnostics.js';
import type { ServiceSettings, SinkEdges } from './edges.js';
import { assertNoProblems } from '../contract/problems.js';
import { asMapping } from './settings/document.js';
import { Settings } from './settings/settings.js';

/** The sink's settings, and what cannot be said in a variable. */
export interface CloudWatchSinkOptions extends CloudWatchInput {
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
  readonly notices: readonly string[];
}

/**
 * What the options and the environment say; settings that are checked already stand for both.
 *
 * @throws SettingsError naming every setting that is malformed or missing.
 */
export function settingsOf(
  options: CloudWatchSinkOptions,
  checked: Partial<Pick<SinkEdges, 'settings' | 'service'>>,
): SinkSettings {
  if (checked.settings) return { settings: checked.settings, service: checked.service, notices: [] };
  requireShape(options);
  const { env, onDiagnostic: _onDiagnostic, onRejected: _onRejected, ...cloudwatch } = options;
  const service = new Settings(
    { core: { sinks: ['cloudwatch'] }, sinkConfig: { cloudwatch } },
    { env, requireComplete: true },
  );
  const { core, sinkConfig, notices } = service;
  const isOff = core.logLevel === 'silent' || sinkConfig.cloudwatch.level === 'silent';
  return { settings: isOff ? switchedOff(sinkConfig.cloudwatch) : sinkConfig.cloudwatch, service, notices };
}

/** A sink that takes nothing looks for nothing on disk either. */
function switchedOff(settings: CloudWatchValues): CloudWatchValues {
  return { ...settings, level: 'silent', spoolDir: undefined };
}

/** @throws SettingsError for options that are no object, and hooks that are no functions. */
function requireShape(options: unknown): void {
  const mapping = asMapping(options);
  const wrong = mapping
    ? (['onDiagnostic', 'onRejected'] as const)
        .filter((hook) => mapping[hook] !== undefined && typeof mapping[hook] !== 'function')
        .map((hook) => ({
          where: `new CloudWatchSink: options.${hook}`,
          value: mapping[hook],
          allowed: 'a function',
        }))
    : [{ where: 'new CloudWatchSink: options', value: options, allowed: 'options such as { logGroupName }' }];
  assertNoProblems(wrong);
}
