import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { CloudWatchLoggingBase } from './cloud-watch-logging-base.js';
import type { ApplicationOptions } from './define/application-options.js';
import { checkedSettings, completedSettings } from './define/logging-settings.js';
import { logGroupProblems } from './group/log-group-problems.js';
import type { Sensitive } from './group/sensitive.js';
import { asGiven, assertShapes } from './shapes.js';
import { isUnresolved } from './tokens.js';
import type { WriterRoleProps } from './write/writer-role.js';

/** What is said of a log group that is defined elsewhere, and of its writers. */
export interface AdoptOptions extends WriterRoleProps, ApplicationOptions {
  /**
   * How long the log group keeps its events, as far as its owner has said: the sink does not send what is older.
   *
   * @default - not known
   */
  readonly retention?: logs.RetentionDays | undefined;

  /**
   * The log group's class, as far as its owner has said: what the class lacks is refused.
   *
   * @default - not known
   */
  readonly logGroupClass?: logs.LogGroupClass | undefined;

  /**
   * What the sink hides before a line leaves the process. The log group's own policy is its owner's.
   *
   * @default - nothing besides credentials in URLs
   */
  readonly sensitive?: Sensitive[] | undefined;
}

/** A log group that is defined elsewhere. Its writer role is defined when it is first asked for. */
export class AdoptedLogging extends CloudWatchLoggingBase {
  constructor(scope: Construct, id: string, logGroup: logs.ILogGroup, options: AdoptOptions) {
    super(scope, id, (self) => {
      const where = `${self.node.path}: options`;
      requireLogGroup(logGroup, self.node.path);
      assertShapes(options, where);
      const { retention, logGroupClass, sensitive } = options;
      const problems = logGroupProblems({ retention, logGroupClass, sensitive }, where);
      const settings = checkedSettings(options, where, problems);
      const { logGroupName } = logGroup;
      return {
        logGroup,
        knownName: isUnresolved(logGroupName) ? undefined : logGroupName,
        logGroupClass,
        settings: completedSettings(settings, { logGroup, retention, sensitive }),
        writerRole: options,
      };
    });
  }
}

/** @throws Error for what is none, such as the name of one */
function requireLogGroup(logGroup: unknown, path: string): void {
  if (Construct.isConstruct(logGroup) && 'logGroupName' in logGroup) return;
  throw new Error(
    `${path}: cannot adopt ${asGiven(logGroup)}, which is no log group; ` +
      'pass one that logs.LogGroup.fromLogGroupName(…) or fromLogGroupArn(…) has imported',
  );
}
