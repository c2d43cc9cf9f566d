import { Annotations } from 'aws-cdk-lib';
import type { aws_logs as references } from 'aws-cdk-lib/interfaces';
import type { Construct, IConstruct } from 'constructs';
import { checkInput } from '../contract/check.js';
import { cloudWatchSettings } from '../contract/settings/cloudwatch.js';
import { AdoptedLogging, type AdoptOptions } from './adopted-logging.js';
import { exclude } from './bind/exclusion.js';
import { CloudWatchLoggingBase, isCloudWatchLogging } from './cloud-watch-logging-base.js';
import { LOGGING_PROPS, type CloudWatchLoggingProps } from './cloud-watch-logging-props.js';
import { deliveryProblems } from './delivery.js';
import { checkedSettings, completedSettings } from './define/logging-settings.js';
import { metricProblems } from './define/metric-problems.js';
import { DEFAULT_RETENTION, defineLogGroup } from './group/define-log-group.js';
import { logGroupProblems } from './group/log-group-problems.js';
import type { ICloudWatchLogging } from './i-cloud-watch-logging.js';
import { unknownOptions } from './option-names.js';
import { assertShapes } from './shapes.js';
import { isUnresolved } from './tokens.js';

/**
 * Defines a log group, a role that may write to it and do nothing else, and the environment variables that lead an
 * application's sink to it. Node.js and Python applications read the same variables.
 *
 * docs/construct.md lists the warnings and their ids.
 *
 * @example
 * const logging = new CloudWatchLogging(this, 'Logging', { logGroupName: '/myapp/production' });
 * const fn = new lambda.Function(this, 'Api', { role: logging.role, logGroup: logging.logGroup, ...code });
 * logging.bindTo(fn);
 */
export class CloudWatchLogging extends CloudWatchLoggingBase {
  /**
   * Adopts a log group that this app defines elsewhere, also as an L1 resource, or that `logs.LogGroup.fromLogGroupArn`
   * or `fromLogGroupName` has imported. The log group itself is not changed.
   *
   * @throws SettingsError listing every problem of every option
   * @throws Error if `logGroup` is not a log group
   */
  static fromLogGroup(
    scope: Construct,
    id: string,
    logGroup: references.ILogGroupRef,
    options: AdoptOptions = {},
  ): ICloudWatchLogging {
    return new AdoptedLogging(scope, id, logGroup, options);
  }

  /** Whether a value is a logging construct. Recognizes those of another copy of this package, too. */
  static isCloudWatchLogging(x: unknown): x is ICloudWatchLogging {
    return isCloudWatchLogging(x);
  }

  /**
   * Leaves a construct and everything below it out of `bindAll` and of injectors. `bindTo` still binds it.
   *
   * @throws Error if the value is not a construct
   */
  static exclude(construct: IConstruct): void {
    exclude(construct);
  }

  /**
   * @throws SettingsError listing every problem of every prop
   * @throws Error if `encryptionKey` is in another Region
   */
  constructor(scope: Construct, id: string, props: CloudWatchLoggingProps = {}) {
    // The props of a subclass may have more, which it reads itself.
    const isSubclass = new.target !== CloudWatchLogging;
    super(scope, id, (self) => {
      const where = `${self.node.path}: props`;
      const unknown = isSubclass ? [] : unknownOptions(props, LOGGING_PROPS, where);
      assertShapes(props, where, unknown);
      const { logGroupName, retention = DEFAULT_RETENTION, sensitive } = props;
      const { logGroupName: nameRow } = cloudWatchSettings;
      const name = checkInput({ logGroupName: nameRow }, { logGroupName }, where, isUnresolved);
      const settings = checkedSettings(props, where, [
        ...unknown,
        ...name.problems,
        ...logGroupProblems(props, where),
        ...deliveryProblems(props.delivery, `${where}.delivery`),
        ...metricProblems(props, props.logGroupClass, where),
      ]);
      const isForPython = props.readers?.includes('python');
      const logGroup = defineLogGroup(self, props, { isForPython, traceFormat: settings.core?.traceFormat });
      return {
        logGroup,
        knownName: isUnresolved(logGroupName) ? undefined : logGroupName,
        logGroupClass: props.logGroupClass,
        settings: completedSettings(settings, { logGroup, retention, sensitive }),
        readers: props.readers,
        delivery: props.delivery,
        writerRole: props,
      };
    });
    // The stack gets its writer role even if no code reads `role`.
    void this.role;
    this.warnAbout(props);
  }

  private warnAbout({ logGroupName }: CloudWatchLoggingProps): void {
    if (logGroupName?.startsWith('/aws/') && !isUnresolved(logGroupName)) {
      Annotations.of(this).addWarningV2(
        'fapilog-cloudwatch:awsLogGroupName',
        `logGroupName is "${logGroupName}", but AWS services create log groups under /aws/; choose another prefix`,
      );
    }
  }
}
