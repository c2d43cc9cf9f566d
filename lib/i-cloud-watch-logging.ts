import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import type { BindTarget } from './bind/bind-target.js';
import type { Injector } from './bind/injector.js';
import type { BindOptions } from './define/bind-options.js';
import type { AlarmOptions } from './operate/alarm-options.js';
import type { Alarms } from './operate/alarms.js';
import type { Archive, ArchiveOptions } from './operate/archive.js';
import type { QueryOptions } from './operate/queries.js';
import type { WidgetOptions } from './operate/widgets.js';
import type { ExportOptions, KeyValuePair, UserDataOptions } from './publish/exports.js';
import type { OutputOptions } from './publish/outputs.js';
import type { PublishedSettings, PublishOptions } from './publish/published-settings.js';
import type { WriteOptions } from './write/write-options.js';

/** What can be done with a log group and its writers, whether the log group was defined here or elsewhere. */
export interface ICloudWatchLogging extends IConstruct {
  /** The log group. */
  readonly logGroup: logs.ILogGroup;

  /** The writer role: it may create the log streams that the settings name, put log events there, and nothing else. */
  readonly role: iam.IRole;

  /** The environment variables, as a copy: for whatever {@link bindTo} does not know. */
  readonly environment: Record<string, string>;

  /**
   * Gives a program its environment variables, and its role the write access that goes with them.
   *
   * | target | role | variables |
   * |---|---|---|
   * | function, singleton function, version, alias | its own | the function's; Lambda@Edge has none |
   * | imported function | its own, if the import knows it | none: `fapilog-cloudwatch:noEnvironment` |
   * | task definition | task role | those of all its containers, also of later ones |
   * | container | task role | its own |
   * | instance, Auto Scaling group, launch template | instance role | exported by the user data, and in `/etc/fapilog-cloudwatch.env` |
   * | anything else with `addEnvironment` | its grant principal | its own |
   *
   * A program of another account assumes the writer role, which has to let it in (`assumedBy`). A second call with the same
   * options changes nothing. A variable that has a value of the user's own keeps it, with the warning
   * `fapilog-cloudwatch:ownValue:NAME`.
   *
   * @returns the grant, so that what runs the program during a deployment can wait for it (`applyBefore`)
   * @throws SettingsError with every problem of the options
   * @throws Error if the target cannot be bound, or is bound with other values; nothing of it is changed then
   */
  bindTo(target: BindTarget, options?: BindOptions): iam.Grant;

  /**
   * Binds every function and container in a scope, also those that are defined later. See {@link Injector}.
   *
   * @throws Error if the scope is in another stage, which may not refer to this one
   */
  bindAll(scope: IConstruct, options?: BindOptions): void;

  /** What binds every function and container that it is applied to, as an Aspect or as a Mixin. */
  injector(options?: BindOptions): Injector;

  /**
   * Allows a grantee to create log streams and put log events in this log group, once however often it is called.
   *
   * A role that was imported as immutable is left as it is, although the grant reports success.
   *
   * @throws Error if the grantee has no identity policy in the log group's account, as a service principal. A resource
   * policy, which CDK would define instead, is never made.
   */
  grantWrite(grantee: iam.IGrantable, options?: WriteOptions): iam.Grant;

  /** Allows a grantee to read, search and follow this log group; what is masked stays masked. */
  grantRead(grantee: iam.IGrantable): iam.Grant;

  /** The variables as name and value: CodeBuild, App Runner and other L1 resources. */
  toKeyValuePairs(options?: ExportOptions): KeyValuePair[];

  /** The variables as the `data` of a Kubernetes ConfigMap, for `envFrom`. */
  toConfigMapData(options?: ExportOptions): Record<string, string>;

  /** The variables as commands of user data, every value quoted. */
  toUserData(options?: UserDataOptions): string;

  /**
   * The variables as a `.env` file with quoted values, for Node.js `--env-file`, dotenv, systemd and shells. `docker run
   * --env-file` takes the quotes for a part of the value.
   *
   * @throws Error for a value that these readers understand differently
   */
  toDotEnv(options?: ExportOptions): string;

  /** Publishes the settings in an SSM parameter, for programs whose environment the stack does not own. */
  publishSettings(id: string, options?: PublishOptions): PublishedSettings;

  /** Adds outputs with the log group's name and Region and the writer role's ARN. */
  addOutputs(options?: OutputOptions): void;

  /**
   * Log events that arrived in the log group.
   *
   * @param options statistic, by default the sum; period, by default five minutes; label and the like
   */
  metricIncomingLogEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Uncompressed bytes that arrived in the log group.
   *
   * @param options statistic, by default the sum; period, by default five minutes; label and the like
   */
  metricIncomingBytes(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Lines of level `error` or `fatal`. The first call defines a metric filter; the metric begins with its deployment.
   *
   * @param options statistic, by default the sum; period, by default five minutes; label and the like
   * @throws Error if the log group cannot have a metric filter: by its class, or in another account or Region
   */
  metricErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Log events that the sink dropped, as its own lines tell. The first call defines a metric filter; the metric begins with
   * its deployment.
   *
   * @param options statistic, by default the sum; period, by default five minutes; label and the like
   * @throws Error if the log group cannot have a metric filter: by its class, or in another account or Region
   */
  metricDroppedEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Defines alarms: on errors and on dropped log events unless they are switched off, on silence if it is asked for.
   *
   * @throws SettingsError with every option that CloudWatch would refuse
   * @throws Error if the log group cannot have the metric filters, or at the second call
   */
  addAlarms(options?: AlarmOptions): Alarms;

  /**
   * Saves queries of Logs Insights: errors by service, slowest requests, one trace, dropped events by reason.
   *
   * @throws SettingsError if the folder is not allowed
   * @throws Error if the log group cannot be queried, or at the second call
   */
  addQueries(options?: QueryOptions): logs.QueryDefinition[];

  /**
   * Widgets for a dashboard of yours: log volume, errors and dropped log events, errors by service. The second one defines the
   * metric filters and is left out where the log group cannot have them.
   */
  widgets(options?: WidgetOptions): cloudwatch.IWidget[];

  /**
   * Copies log events into a bucket, from the deployment on, as compressed objects with one line for each event.
   *
   * This takes one of the two subscription filters that a log group may have. The bucket may be in another Region. It may be in
   * another account if the policies of the bucket and of its key let the archive's `deliveryRole` in.
   *
   * @throws Error if the log group cannot have a subscription filter: by its class, or in another account or Region; or at the
   * second call
   */
  archiveTo(bucket: s3.IBucket, options?: ArchiveOptions): Archive;
}
