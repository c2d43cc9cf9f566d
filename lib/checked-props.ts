import * as logs from 'aws-cdk-lib/aws-logs';
import { checkInput } from '../contract/check.js';
import type { GivenSettings } from '../contract/codec.js';
import { RETENTION_DAYS } from '../contract/limits.js';
import { assertNoProblems, type Problem } from '../contract/problems.js';
import { cloudWatchSettings } from '../contract/settings/cloudwatch.js';
import { coreSettings } from '../contract/settings/core.js';
import type { Rows } from '../contract/settings/setting.js';
import type { CloudWatchLoggingProps } from './cloud-watch-logging-props.js';
import { checkSinkSettings } from './cloud-watch-sink-settings.js';
import { isUnresolved } from './tokens.js';

/** What a construct says of its logger and its sink. */
export type LoggingSettings = Required<Pick<GivenSettings, 'core' | 'cloudwatch'>>;

const propRows = {
  logGroupName: cloudWatchSettings.logGroupName,
  logLevel: coreSettings.logLevel,
} satisfies Rows;

/**
 * The settings in the props, checked. Tokens pass: the sink checks them when it reads the variables.
 *
 * @param path the construct's path, for messages
 * @throws SettingsError with every problem of every prop
 */
export function checkedSettings(props: CloudWatchLoggingProps, path: string): LoggingSettings {
  const { logGroupName, logLevel, retention, settings = {} } = props;
  const where = `${path}: props`;
  const own = checkInput(propRows, { logGroupName, logLevel }, where, isUnresolved);
  const sink = checkSinkSettings(settings, `${where}.settings`);
  assertNoProblems([...own.problems, ...retentionProblems(retention, where), ...sink.problems]);
  return {
    core: own.given.logLevel === undefined ? {} : { logLevel: own.given.logLevel },
    cloudwatch: sink.given,
  };
}

/** The log group of CDK accepts any positive number, and the service then refuses it in the middle of a deployment. */
function retentionProblems(retention: logs.RetentionDays | undefined, where: string): Problem[] {
  const legal =
    retention === undefined ||
    isUnresolved(retention) ||
    retention === logs.RetentionDays.INFINITE ||
    RETENTION_DAYS.includes(retention);
  const allowed = `RetentionDays.INFINITE, or one of ${RETENTION_DAYS.join(', ')} days`;
  return legal ? [] : [{ where: `${where}.retention`, value: retention, allowed }];
}
