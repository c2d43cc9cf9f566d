import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import type { BindTarget } from './bind/bind-target.js';
import type { Injector } from './bind/injector.js';
import type { BindOptions } from './define/bind-options.js';
import type { ProgramMetricOptions } from './operate/program-metrics.js';
import type { AlarmOptions } from './operate/alarm-options.js';
import type { Alarms } from './operate/alarms.js';
import type { Archive } from './operate/archive.js';
import type { ArchiveOptions } from './operate/archive-options.js';
import type { QueryOptions } from './operate/queries.js';
import type { WidgetOptions } from './operate/widgets.js';
import type { ExportOptions, KeyValuePair, UserDataOptions } from './publish/exports.js';
import type { OutputOptions } from './publish/outputs.js';
import type { PublishedSettings, PublishOptions } from './publish/published-settings.js';
import type { WriteOptions } from './write/write-options.js';

/** A log group and its writers. The app either defines the log group or adopts it. */
export interface ICloudWatchLogging extends IConstruct {
  /** The log group. */
  readonly logGroup: logs.ILogGroup;

  /** Writer role. It may create the log streams that the settings name and put log events there, and nothing else. */
  readonly role: iam.IRole;

  /** Environment variables, for programs that {@link bindTo} cannot bind. Each read returns a new copy. */
  readonly environment: Record<string, string>;

  /**
   * Sets the environment variables of a program, and grants its role the write access that goes with them.
   *
   * | target | role | variables |
   * |---|---|---|
   * | function, singleton function, version, alias | its own | the function's; Lambda@Edge has none |
   * | imported function | its own, if the import knows it | none: `fapilog-cloudwatch:noEnvironment` |
   * | task definition | task role | those of all its containers, including later ones |
   * | container | task role | its own |
   * | instance, Auto Scaling group, launch template | instance role | exported by the user data, and in `/etc/fapilog-cloudwatch.env` |
   * | anything else with `addEnvironment` | its grant principal | its own |
   *
   * A program in another account assumes the writer role, if `assumedBy` admits it. A second call with the same options
   * changes nothing. A variable that the user has set keeps its value; the warning `fapilog-cloudwatch:ownValue:NAME`
   * reports it.
   *
   * @returns the grant; pass to its `applyBefore` whatever runs the program during a deployment
   * @throws SettingsError listing every problem of the options
   * @throws Error if the target cannot be bound, for example a machine with user data of a format to which commands
   * cannot be added, or is bound with other values; nothing is changed then
   */
  bindTo(target: BindTarget, options?: BindOptions): iam.Grant;

  /**
   * Binds every function and container in a scope, including those defined later. {@link Injector} documents which it
   * skips, and which it leaves out with a warning.
   *
   * @throws SettingsError listing every problem of the options
   * @throws Error if the scope is not a construct, or is in another stage
   */
  bindAll(scope: IConstruct, options?: BindOptions): void;

  /**
   * Returns an Aspect, which is also a Mixin, that binds every function and container it is applied to.
   *
   * @throws SettingsError listing every problem of the options
   */
  injector(options?: BindOptions): Injector;

  /**
   * Allows a grantee to create log streams and put log events in this log group. Repeating a grant adds nothing.
   *
   * A role that was imported as immutable is not changed, although the grant reports success.
   *
   * @throws SettingsError if `streamPrefix` is not legal
   * @throws Error if the grantee has no identity policy in the log group's account, for example a service principal.
   * CDK would define a resource policy for it; this construct never does
   */
  grantWrite(grantee: iam.IGrantable, options?: WriteOptions): iam.Grant;

  /**
   * Allows a grantee to read, search and tail this log group. Masked data stays masked.
   *
   * @throws Error if the grantee has no grant principal
   */
  grantRead(grantee: iam.IGrantable): iam.Grant;

  /**
   * Returns the variables as names and values, for CodeBuild, App Runner (closed to new customers since 30 April 2026)
   * and other L1 resources.
   *
   * @throws SettingsError listing every problem of the options
   */
  toKeyValuePairs(options?: ExportOptions): KeyValuePair[];

  /**
   * Returns the variables as the `data` of a Kubernetes ConfigMap, for `envFrom`.
   *
   * @throws SettingsError listing every problem of the options
   */
  toConfigMapData(options?: ExportOptions): Record<string, string>;

  /**
   * Returns user data commands that set the variables. Every value is quoted.
   *
   * @throws SettingsError listing every problem of the options
   * @throws Error if the operating system is neither Linux nor Windows
   */
  toUserData(options?: UserDataOptions): string;

  /**
   * Returns the variables as a `.env` file with quoted values, for Node.js `--env-file`, dotenv, systemd and shells.
   * `docker run --env-file` would take the quotes for a part of the value.
   *
   * @throws SettingsError listing every problem of the options
   * @throws Error for a value that these readers parse differently
   */
  toDotEnv(options?: ExportOptions): string;

  /**
   * Publishes the settings in an SSM parameter, for programs whose environment the stack does not define.
   *
   * @throws SettingsError listing every problem of the options, or if SSM would refuse the parameter's name
   */
  publishSettings(id: string, options?: PublishOptions): PublishedSettings;

  /**
   * Adds stack outputs with the log group's name and Region and the writer role's ARN.
   *
   * @throws SettingsError if the export prefix or the id is not legal
   * @throws Error at a second call with the same id, or without one
   */
  addOutputs(options?: OutputOptions): void;

  /**
   * Adds the outputs once more, for example with another export prefix.
   *
   * @param id unlike those of the other calls; without `/`
   */
  addOutputs(id: string, options?: OutputOptions): void;

  /**
   * A metric that programs write by `logger.metric`, for alarms and dashboards: in the namespace of `metricsNamespace`, else of
   * `service`, and with the dimension `service` where the construct names one. Other dimensions stand in `dimensionsMap`, all of those
   * that the program gives.
   *
   * @throws SettingsError if nothing says the namespace
   * @throws Error if the class of the log group is INFREQUENT_ACCESS, in whose lines CloudWatch finds no metrics
   */
  metric(metricName: string, options?: ProgramMetricOptions): cloudwatch.Metric;

  /**
   * Returns the metric of log events that arrived in the log group.
   *
   * @param options change the statistic (default: sum), the period (default: five minutes), the label and more
   */
  metricIncomingLogEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Returns the metric of uncompressed bytes that arrived in the log group.
   *
   * @param options change the statistic (default: sum), the period (default: five minutes), the label and more
   */
  metricIncomingBytes(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Returns the metric of lines of level `error` or `fatal`, and in Python `ERROR` or `CRITICAL`. The first call defines a metric filter; the metric has
   * data from its deployment on.
   *
   * @param options change the statistic (default: sum), the period (default: five minutes), the label and more
   * @throws Error if the log group cannot have a metric filter: because of its class, or in another account or Region
   */
  metricErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Returns the metric of log events that the sink dropped, as the sink reports them in the log stream. The first call
   * defines a metric filter; the metric has data from its deployment on.
   *
   * @param options change the statistic (default: sum), the period (default: five minutes), the label and more
   * @throws Error if the log group cannot have a metric filter: because of its class, or in another account or Region
   */
  metricDroppedEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Defines alarms: on errors and on dropped log events unless they are switched off, on silence if it is asked for.
   *
   * @throws SettingsError listing every option that CloudWatch would refuse, or if the id is not legal
   * @throws Error if the log group cannot have the metric filters; at a second call with the same id, or without one
   */
  addAlarms(options?: AlarmOptions): Alarms;

  /**
   * Defines further alarms on the same metrics, for example with another threshold and other actions.
   *
   * @param id unlike those of the other calls; without `/`
   */
  addAlarms(id: string, options?: AlarmOptions): Alarms;

  /**
   * Saves Logs Insights queries: errors by service, slowest requests, one trace, dropped events by reason.
   *
   * @throws SettingsError if the folder or the id is not legal
   * @throws Error if the log group is in another account or Region; at a second call with the same id, or without one
   */
  addQueries(options?: QueryOptions): logs.QueryDefinition[];

  /**
   * Saves the queries once more, in another folder.
   *
   * @param id unlike those of the other calls; without `/`
   */
  addQueries(id: string, options?: QueryOptions): logs.QueryDefinition[];

  /**
   * Returns widgets for a dashboard: log volume, errors and dropped log events, errors by service. The second one
   * defines the metric filters; it is left out where the log group cannot have them.
   */
  createWidgets(options?: WidgetOptions): cloudwatch.IWidget[];

  /**
   * Returns the widgets of {@link createWidgets}.
   *
   * @deprecated Use {@link createWidgets}, which does the same.
   */
  widgets(options?: WidgetOptions): cloudwatch.IWidget[];

  /**
   * Copies log events into a bucket as compressed objects with one line for each event, starting with the deployment.
   *
   * This takes one of the two subscription filters that a log group may have. The bucket may be in another Region. It
   * may be in another account if the policies of the bucket and of its key admit the archive's `deliveryRole`.
   *
   * @throws SettingsError listing every option that Firehose would refuse, or if the id is not legal
   * @throws Error if the log group cannot have a subscription filter: because of its class, or in another account or
   * Region; at a second call with the same id, or without one
   */
  archiveTo(bucket: s3.IBucket, options?: ArchiveOptions): Archive;

  /**
   * Copies log events into a further bucket. A log group can have two archives, and then no other subscription filter.
   *
   * @param id unlike those of the other calls; without `/`
   */
  archiveTo(id: string, bucket: s3.IBucket, options?: ArchiveOptions): Archive;
}
