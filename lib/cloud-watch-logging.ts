import { Annotations } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct, IConstruct } from 'constructs';
import { checkInput } from '../contract/check.js';
import { cloudWatchSettings } from '../contract/settings/cloudwatch.js';
import { AdoptedLogging, type AdoptOptions } from './adopted-logging.js';
import { exclude } from './bind/exclusion.js';
import { CloudWatchLoggingBase, isCloudWatchLogging } from './cloud-watch-logging-base.js';
import type { CloudWatchLoggingProps } from './cloud-watch-logging-props.js';
import { checkedSettings, completedSettings } from './define/logging-settings.js';
import { DEFAULT_RETENTION, defineLogGroup } from './group/define-log-group.js';
import { logGroupProblems } from './group/log-group-problems.js';
import type { ICloudWatchLogging } from './i-cloud-watch-logging.js';
import { assertShapes } from './shapes.js';
import { isUnresolved } from './tokens.js';

/**
 * A log group, a role that may write to it and nothing else, and the environment variables by which an application's
 * sink finds it. Node.js and Python read the same variables.
 *
 * Warnings, each acknowledged by its id, are listed in docs/construct.md.
 *
 * @example
 * const logging = new CloudWatchLogging(this, 'Logging', { logGroupName: '/myapp/production' });
 * const fn = new lambda.Function(this, 'Api', { role: logging.role, logGroup: logging.logGroup, ...code });
 * logging.bindTo(fn);
 */
export class CloudWatchLogging extends CloudWatchLoggingBase {
  /**
   * The same for a log group that is defined elsewhere, and that this construct leaves as it is: in this app, or imported
   * by `logs.LogGroup.fromLogGroupArn` or `fromLogGroupName`.
   *
   * @throws SettingsError with every problem of every option
   */
  static fromLogGroup(
    scope: Construct,
    id: string,
    logGroup: logs.ILogGroup,
    options: AdoptOptions = {},
  ): ICloudWatchLogging {
    return new AdoptedLogging(scope, id, logGroup, options);
  }

  /** Whether a value is a logging construct, of whichever copy of this package. */
  static isCloudWatchLogging(x: unknown): x is ICloudWatchLogging {
    return isCloudWatchLogging(x);
  }

  /** Leaves a construct, and all that is below it, out of `bindAll` and of injectors. */
  static exclude(construct: IConstruct): void {
    exclude(construct);
  }

  /** @throws SettingsError with every problem of every prop */
  constructor(scope: Construct, id: string, props: CloudWatchLoggingProps = {}) {
    super(scope, id, (self) => {
      const where = `${self.node.path}: props`;
      assertShapes(props, where);
      const { logGroupName, retention = DEFAULT_RETENTION, sensitive } = props;
      const { logGroupName: nameRow } = cloudWatchSettings;
      const name = checkInput({ logGroupName: nameRow }, { logGroupName }, where, isUnresolved);
      const settings = checkedSettings(props, where, [...name.problems, ...logGroupProblems(props, where)]);
      const logGroup = defineLogGroup(self, props);
      return {
        logGroup,
        knownName: isUnresolved(logGroupName) ? undefined : logGroupName,
        logGroupClass: props.logGroupClass,
        settings: completedSettings(settings, { logGroup, retention, sensitive }),
        writerRole: props,
      };
    });
    // The writer role belongs to what the construct provides, whether or not somebody asks for it.
    void this.role;
    this.warnAbout(props);
  }

  private warnAbout({ logGroupName, settings }: CloudWatchLoggingProps): void {
    if (logGroupName?.startsWith('/aws/') && !isUnresolved(logGroupName)) {
      Annotations.of(this).addWarningV2(
        'fapilog-cloudwatch:awsLogGroupName',
        `logGroupName is "${logGroupName}", but AWS services create log groups under /aws/; choose another prefix`,
      );
    }
    if (settings?.maxRetries === 0) {
      Annotations.of(this).addWarningV2(
        'fapilog-cloudwatch:noRetries',
        'settings.maxRetries is 0, which Node.js reads as one attempt and no retry, and which Python refuses: ' +
          "fapilog needs 1 or more; leave it out for the reader's default",
      );
    }
  }
}
