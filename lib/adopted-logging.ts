import type * as logs from 'aws-cdk-lib/aws-logs';
import type { aws_logs as references } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { CloudWatchLoggingBase } from './cloud-watch-logging-base.js';
import type { ApplicationOptions } from './define/application-options.js';
import { deliveryProblems, type DeliveryProps } from './delivery.js';
import { checkedSettings, completedSettings } from './define/logging-settings.js';
import { metricProblems } from './define/metric-problems.js';
import { APPLICATION_OPTIONS } from './define/writer-option-names.js';
import { givenLogGroup } from './group/given-log-group.js';
import { logGroupProblems } from './group/log-group-problems.js';
import type { Sensitive } from './group/sensitive.js';
import { literalName } from './log-group-name.js';
import { unknownOptions, type OptionNames } from './option-names.js';
import { assertShapes } from './shapes.js';
import { WRITER_ROLE_PROPS, type WriterRoleProps } from './write/writer-role.js';

/** Options of {@link CloudWatchLogging.fromLogGroup}. */
export interface AdoptOptions extends WriterRoleProps, ApplicationOptions, DeliveryProps {
  /**
   * Retention of the log group, as its owner has set it. The sink does not send older events.
   *
   * @default - not known; the sink sends whatever the service takes, up to 14 days old
   */
  readonly retention?: logs.RetentionDays | undefined;

  /**
   * Class of the log group, as its owner has set it. A call that needs a feature the class lacks throws. `DELIVERY` is
   * refused.
   *
   * @default - not known; no call is refused because of the class
   */
  readonly logGroupClass?: logs.LogGroupClass | undefined;

  /**
   * Data that the sink hides before a line leaves the process. The log group keeps the data protection policy of its
   * owner.
   *
   * @default - only credentials in URLs are hidden
   */
  readonly sensitive?: Sensitive[] | undefined;
}

const ADOPT_OPTIONS: OptionNames<AdoptOptions> = {
  retention: true,
  logGroupClass: true,
  sensitive: true,
  ...WRITER_ROLE_PROPS,
  ...APPLICATION_OPTIONS,
  delivery: true,
};

/** A log group that is defined elsewhere. The first use of `role` defines the writer role. */
export class AdoptedLogging extends CloudWatchLoggingBase {
  constructor(scope: Construct, id: string, given: references.ILogGroupRef, options: AdoptOptions) {
    super(scope, id, (self) => {
      const where = `${self.node.path}: options`;
      const logGroup = givenLogGroup(given, self.node.path);
      const unknown = unknownOptions(options, ADOPT_OPTIONS, where);
      assertShapes(options, where, unknown);
      const { retention, logGroupClass, sensitive, delivery } = options;
      const problems = [
        ...unknown,
        ...logGroupProblems({ retention, logGroupClass, sensitive }, where),
        ...deliveryProblems(delivery, `${where}.delivery`),
        ...metricProblems(options, logGroupClass, where),
      ];
      const settings = checkedSettings(options, where, problems);
      return {
        logGroup,
        knownName: literalName(logGroup.logGroupName),
        logGroupClass,
        settings: completedSettings(settings, { logGroup, retention, sensitive }),
        readers: options.readers,
        delivery,
        writerRole: options,
      };
    });
  }
}
