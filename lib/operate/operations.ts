import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { AlarmOptions } from './alarm-options.js';
import { defineAlarms, type Alarms } from './alarms.js';
import { Archive, type ArchiveOptions } from './archive.js';
import { incomingMetric } from './incoming-metrics.js';
import { LineMetrics } from './line-metrics.js';
import { assertOffers, type OperatedLogGroup } from './log-group-features.js';
import { assertFirstCall } from './once.js';
import { PolicyKind } from '../write/policy-kind.js';
import { defineQueries, type QueryOptions } from './queries.js';
import { defineWidgets, type WidgetOptions } from './widgets.js';

/** Options of {@link Operations}. */
export interface OperationsOptions {
  /**
   * Class of the log group. What the class does not have is refused here, and not in the middle of a deployment.
   *
   * @default - not known, as of an adopted log group; nothing is refused for it
   */
  readonly logGroupClass?: logs.LogGroupClass | undefined;

  /**
   * The kind of policy that the roles of an archive have.
   *
   * @default PolicyKind.INLINE
   */
  readonly policyKind?: PolicyKind | undefined;
}

/** What it takes to run an application by its log group: metrics, alarms, queries, widgets and an archive. */
export class Operations {
  private readonly group: OperatedLogGroup;
  private readonly lines: LineMetrics;
  private readonly policyKind: PolicyKind;

  /** @param scope the construct; what is defined becomes its children, whose ids never change */
  constructor(scope: Construct, logGroup: logs.ILogGroup, options: OperationsOptions = {}) {
    const { logGroupClass, policyKind = PolicyKind.INLINE } = options;
    this.policyKind = policyKind;
    this.group = { scope, logGroup, logGroupClass };
    this.lines = new LineMetrics(this.group);
  }

  /**
   * Log events that arrived in the log group.
   *
   * @param options statistic, by default the sum; period, by default five minutes; label and the like
   */
  metricIncomingLogEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return incomingMetric(this.group, 'IncomingLogEvents', options);
  }

  /**
   * Uncompressed bytes that arrived in the log group.
   *
   * @param options statistic, by default the sum; period, by default five minutes; label and the like
   */
  metricIncomingBytes(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return incomingMetric(this.group, 'IncomingBytes', options);
  }

  /**
   * Lines of level `error` or `fatal`. The first call defines a metric filter; the metric begins with its deployment.
   *
   * @param options statistic, by default the sum; period, by default five minutes; label and the like
   * @throws Error if the log group cannot have a metric filter: by its class, or in another account or Region
   */
  metricErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.lines.errors('metricErrors', options);
  }

  /**
   * Log events that the sink dropped, as its own lines tell. The first call defines a metric filter; the metric begins with
   * its deployment.
   *
   * @param options statistic, by default the sum; period, by default five minutes; label and the like
   * @throws Error if the log group cannot have a metric filter: by its class, or in another account or Region
   */
  metricDroppedEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.lines.droppedEvents('metricDroppedEvents', options);
  }

  /**
   * Defines alarms: on errors and on dropped log events unless they are switched off, on silence if it is asked for.
   *
   * @throws SettingsError with every option that CloudWatch would refuse
   * @throws Error if the log group cannot have the metric filters, or at the second call
   */
  addAlarms(options: AlarmOptions = {}): Alarms {
    return defineAlarms(this.group, this.lines, options);
  }

  /**
   * Saves queries of Logs Insights: errors by service, slowest requests, one trace, dropped events by reason.
   *
   * @throws SettingsError if the folder is not allowed
   * @throws Error if the log group cannot be queried, or at the second call
   */
  addQueries(options: QueryOptions = {}): logs.QueryDefinition[] {
    return defineQueries(this.group, options);
  }

  /**
   * Widgets for a dashboard of yours: log volume, errors and dropped log events, errors by service. The second one defines the
   * metric filters and is left out where the log group cannot have them; a log group of class DELIVERY has no third.
   */
  widgets(options: WidgetOptions = {}): cloudwatch.IWidget[] {
    return defineWidgets(this.group, this.lines, options);
  }

  /**
   * Copies log events into a bucket, from the deployment on, as compressed objects with one line for each event.
   *
   * This takes one of the two subscription filters that a log group may have. The bucket may be in
   * another account, if its policy and that of its key let the archive's `deliveryRole` in.
   *
   * @throws Error if the log group cannot have a subscription filter: by its class, or in another account or Region; or at the
   * second call
   */
  archiveTo(bucket: s3.IBucket, options: ArchiveOptions = {}): Archive {
    const { scope, logGroup } = this.group;
    assertFirstCall(scope, 'Archive', 'archiveTo');
    assertOffers(this.group, 'a subscription filter', 'archiveTo', 'use class STANDARD');
    return new Archive(scope, 'Archive', logGroup, bucket, { ...options, policyKind: this.policyKind });
  }
}
