import { Annotations, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { encodeEnvironment, type GivenSettings } from '../contract/codec.js';
import { checkedSettings, type LoggingSettings } from './checked-props.js';
import { MAX_PAST_MS } from '../contract/limits.js';
import type { CloudWatchLoggingProps } from './cloud-watch-logging-props.js';
import { unboundedWriterPolicy } from './execution-role.js';
import { isUnresolved, tokenText } from './tokens.js';
import { WriterGrants } from './writer-grants.js';

const DEFAULT_RETENTION = logs.RetentionDays.ONE_MONTH;

const DAY_MS = 86_400_000;

const CLOUD_WATCH_LOGGING = Symbol.for('fapilog-cloudwatch.CloudWatchLogging');

/**
 * A log group, a role that may write to it and nothing else, and the environment variables by which an application's
 * sink finds it. Node.js and Python read the same variables.
 *
 * Warnings, each acknowledged by its id: `fapilog-cloudwatch:awsLogGroupName`, a name starting with `/aws/`;
 * `fapilog-cloudwatch:noRetries`, which Python's fapilog refuses; and, on a bound function,
 * `fapilog-cloudwatch:unboundedWriter`, a managed policy by which it may write to every log group.
 *
 * @example
 * const logging = new CloudWatchLogging(this, 'Logging', { logGroupName: '/myapp/production' });
 * const fn = new lambda.Function(this, 'Api', { role: logging.role, logGroup: logging.logGroup, ...code });
 * logging.bindTo(fn);
 */
export class CloudWatchLogging extends Construct {
  /** Whether a value is a `CloudWatchLogging`, of whichever copy of this package. */
  static isCloudWatchLogging(x: unknown): x is CloudWatchLogging {
    return typeof x === 'object' && x !== null && CLOUD_WATCH_LOGGING in x;
  }

  /** The log group. */
  readonly logGroup: logs.ILogGroup;

  /** The writer role: `logs:CreateLogStream` and `logs:PutLogEvents` on the log group's streams. */
  readonly role: iam.IRole;

  private readonly grants: WriterGrants;
  private readonly variables: Readonly<Record<string, string>>;

  /** @throws SettingsError with every problem of every prop */
  constructor(scope: Construct, id: string, props: CloudWatchLoggingProps = {}) {
    super(scope, id);
    Object.defineProperty(this, CLOUD_WATCH_LOGGING, { value: true });
    const settings = checkedSettings(props, this.node.path);
    this.logGroup = this.defineLogGroup(props);
    this.role = new iam.Role(this, 'WriterRole', {
      assumedBy: props.assumedBy ?? new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    this.grants = new WriterGrants(this.logGroup);
    this.grants.write(this.role);
    this.variables = encodeEnvironment(this.completed(settings, props), tokenText);
    this.warnAbout(props, settings);
  }

  /** The environment variables, as a copy: for whatever {@link bindTo} does not know. */
  get environment(): Record<string, string> {
    return { ...this.variables };
  }

  /**
   * Sets the environment variables of a function and grants it write access; Lambda@Edge, which has no variables, is
   * left without them. A second call changes nothing.
   *
   * A function made with `role: logging.role` and `logGroup: logging.logGroup` gets no further policy, and the lines
   * of the Lambda platform arrive in the same log group.
   *
   * @returns the grant, so that what invokes the function during a deployment can wait for it (`applyBefore`)
   * @throws Error if the function has no identity policy in the log group's account
   */
  bindTo(fn: lambda.Function): iam.Grant {
    const grant = this.grantWrite(fn);
    for (const [name, value] of Object.entries(this.variables)) {
      fn.addEnvironment(name, value, { removeInEdge: true });
    }
    warnAboutRole(fn);
    return grant;
  }

  /**
   * Allows a grantee to create log streams and put log events in this log group, once however often it is called.
   *
   * A role that was imported as immutable is left as it is, although the grant reports success.
   *
   * @throws Error if the grantee has no identity policy in the log group's account, as a service principal. A resource
   * policy, which CDK would define instead, is never made.
   */
  grantWrite(grantee: iam.IGrantable): iam.Grant {
    return this.grants.write(grantee);
  }

  private defineLogGroup({ logGroupName, retention, removalPolicy }: CloudWatchLoggingProps): logs.ILogGroup {
    return new logs.LogGroup(this, 'LogGroup', {
      ...(logGroupName === undefined ? {} : { logGroupName }),
      retention: retention ?? DEFAULT_RETENTION,
      removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN,
    });
  }

  /** A user's settings and those that follow from the log group. The Region is spelt out: a caller's may be another. */
  private completed(
    { core, cloudwatch }: LoggingSettings,
    { retention = DEFAULT_RETENTION }: CloudWatchLoggingProps,
  ): GivenSettings {
    const { logGroupName, env } = this.logGroup;
    // Longer ones change nothing: the service itself takes nothing that is older.
    const isShort = isUnresolved(retention) || retention * DAY_MS < MAX_PAST_MS;
    return {
      core: { sinks: ['cloudwatch'], ...core },
      cloudwatch: {
        logGroupName,
        region: env.region,
        createLogGroup: false,
        ...(isShort ? { retentionInDays: retention } : {}),
        ...cloudwatch,
      },
    };
  }

  private warnAbout({ logGroupName }: CloudWatchLoggingProps, { cloudwatch }: LoggingSettings): void {
    if (logGroupName?.startsWith('/aws/') && !isUnresolved(logGroupName)) {
      Annotations.of(this).addWarningV2(
        'fapilog-cloudwatch:awsLogGroupName',
        `logGroupName is "${logGroupName}", but AWS services create log groups under /aws/; choose another prefix`,
      );
    }
    if (cloudwatch.maxRetries === 0) {
      Annotations.of(this).addWarningV2(
        'fapilog-cloudwatch:noRetries',
        'settings.maxRetries is 0, which Node.js reads as one attempt and no retry, and which Python refuses: ' +
          "fapilog needs 1 or more; leave it out for the reader's default",
      );
    }
  }
}

function warnAboutRole(fn: lambda.Function): void {
  const policy = unboundedWriterPolicy(fn.role);
  if (policy === undefined) return;
  Annotations.of(fn).addWarningV2(
    'fapilog-cloudwatch:unboundedWriter',
    `the function's role has the managed policy ${policy} and may write to every log group; ` +
      'define the function with role: logging.role and logGroup: logging.logGroup, or with a role of your own',
  );
}
