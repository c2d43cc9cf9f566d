import type * as logs from 'aws-cdk-lib/aws-logs';
import { checkInput } from '../../contract/check.js';
import type { GivenSettings } from '../../contract/codec.js';
import { MAX_PAST_MS } from '../../contract/limits.js';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { redactionOf, type Sensitive } from '../group/sensitive.js';
import { isUnresolved } from '../tokens.js';
import { writerRoleProblems, type WriterRoleProps } from '../write/writer-role.js';
import type { ApplicationOptions } from './application-options.js';
import { applicationSettings, overridden } from './application-settings.js';
import { settingConflicts } from './setting-conflicts.js';

const DAY_MS = 86_400_000;

/** What is said of the log group that the sink has to know. */
export interface LogGroupFacts {
  readonly logGroup: logs.ILogGroup;
  readonly retention?: logs.RetentionDays | undefined;
  readonly sensitive?: readonly Sensitive[] | undefined;
}

/** What a user says of applications and of the role by which they write. */
export type WriterOptions = ApplicationOptions & WriterRoleProps;

/**
 * The settings of a user, checked together with everything else that is said of a construct. Tokens pass: the sink checks
 * them when it reads the variables.
 *
 * @param problems those of other props, to be told at once
 * @param where the construct and its props, for messages
 * @throws SettingsError with every problem of every prop
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

/** A user's settings and those that follow from the log group. The Region is spelt out: a caller's may be another. */
export function completedSettings(
  settings: GivenSettings,
  { logGroup, retention, sensitive = [] }: LogGroupFacts,
): GivenSettings {
  const { logGroupName, env } = logGroup;
  // Longer ones change nothing: the service itself takes nothing that is older.
  const isShort = retention !== undefined && (isUnresolved(retention) || retention * DAY_MS < MAX_PAST_MS);
  const followed: GivenSettings = {
    core: { sinks: ['cloudwatch'] },
    cloudwatch: {
      logGroupName,
      region: env.region,
      createLogGroup: false,
      ...(isShort ? { retentionInDays: retention } : {}),
    },
    redaction: sensitive.length > 0 ? redactionOf(sensitive) : {},
  };
  return overridden(followed, settings);
}
