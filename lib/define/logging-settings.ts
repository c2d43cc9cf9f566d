import type * as logs from 'aws-cdk-lib/aws-logs';
import { checkInput } from '../../contract/check.js';
import type { GivenSettings } from '../../contract/codec.js';
import { MAX_PAST_MS } from '../../contract/limits.js';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { regionProblem } from '../../contract/region.js';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { redactionOf, type Sensitive } from '../group/sensitive.js';
import { nameOf } from '../log-group-name.js';
import { isUnresolved } from '../tokens.js';
import { writerRoleProblems, type WriterRoleProps } from '../write/writer-role.js';
import type { ApplicationOptions } from './application-options.js';
import { applicationSettings, overridden } from './application-settings.js';
import { settingConflicts } from './setting-conflicts.js';

const DAY_MS = 86_400_000;

/** Properties of the log group that the sink has to know. */
export interface LogGroupFacts {
  readonly logGroup: logs.ILogGroup;
  readonly retention?: logs.RetentionDays | undefined;
  readonly sensitive?: readonly Sensitive[] | undefined;
}

/** Options of the applications and of the role by which they write. */
export type WriterOptions = ApplicationOptions & WriterRoleProps;

/**
 * Turns options into settings, and checks them together with everything else that a construct was given. Tokens pass:
 * the sink checks them when it reads the variables.
 *
 * @param where names the construct and its props in messages
 * @param problems those of other props, to be reported by the same error
 * @throws SettingsError listing every problem of every prop
 */
export function checkedSettings(
  options: WriterOptions,
  where: string,
  problems: readonly Problem[] = [],
): GivenSettings {
  const application = applicationSettings(options, where);
  const { externalId } = cloudWatchSettings;
  const secret = checkInput({ externalId }, { externalId: options.externalId }, where, isUnresolved);
  assertNoProblems([
    ...problems,
    ...application.problems,
    ...settingConflicts(application.settings, where),
    ...secret.problems,
    ...writerRoleProblems(options, where),
  ]);
  return application.settings;
}

/**
 * Adds the settings that follow from the log group. The Region is among them, because the program may run in another
 * one.
 *
 * @throws SettingsError if the Region is none, but an Availability Zone perhaps
 */
export function completedSettings(
  settings: GivenSettings,
  { logGroup, retention, sensitive = [] }: LogGroupFacts,
): GivenSettings {
  const { env, node } = logGroup;
  // CDK takes any text, and the sink would refuse this one when it starts.
  const allowed = isUnresolved(env.region) ? undefined : regionProblem(env.region);
  if (allowed !== undefined)
    assertNoProblems([{ where: `Region of the log group ${node.path}`, value: env.region, allowed }]);
  // A longer retention changes nothing: the service refuses older events anyway.
  const isShort = retention !== undefined && (isUnresolved(retention) || retention * DAY_MS < MAX_PAST_MS);
  const followed: GivenSettings = {
    core: { sinks: ['cloudwatch'] },
    cloudwatch: {
      logGroupName: nameOf(logGroup),
      region: env.region,
      createLogGroup: false,
      ...(isShort ? { retentionInDays: retention } : {}),
    },
    redaction: sensitive.length > 0 ? redactionOf(sensitive) : {},
  };
  return overridden(followed, settings);
}
