import { aws_cloudwatch as cloudwatch, aws_logs as logs } from 'aws-cdk-lib';
import { ERROR_LEVELS, namesOf } from '../line-fields.js';
import { assertMayHave, type OperatedLogGroup } from './log-group-features.js';
import { uniquePath } from './unique-path.js';

/** Most characters in the namespace of a metric. API: `MetricTransformation`, at most 255. */
const MAX_NAMESPACE_LENGTH = 255;

const NAMESPACE_PREFIX = 'FapilogCloudWatch/';

/** A count over lines, of Node.js and of Python: the name of its metric, the lines, and the value that each adds. */
interface LineCount {
  readonly metricName: string;
  readonly filterPattern: () => logs.IFilterPattern;
  readonly metricValue: string;
}

const errors: LineCount = {
  metricName: 'Errors',
  filterPattern: () =>
    logs.FilterPattern.any(
      ...namesOf('level').flatMap((name) =>
        ERROR_LEVELS.map((level) => logs.FilterPattern.stringValue(`$.${name}`, '=', level)),
      ),
    ),
  metricValue: '1',
};

/** The sink writes a loss marker into the log stream where the events are missing. */
const droppedEvents: LineCount = {
  metricName: 'DroppedEvents',
  filterPattern: () => logs.FilterPattern.numberValue('$.droppedEvents', '>', 0),
  metricValue: '$.droppedEvents',
};

/** Metrics counted from the lines of the sink. The first use of a metric defines its metric filter. */
export class LineMetrics {
  private readonly filters = new Map<LineCount, logs.MetricFilter>();
  private definedNamespace: string | undefined;

  constructor(private readonly group: OperatedLogGroup) {}

  /** @throws Error if the log group cannot have a metric filter */
  errors(method: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(errors, method, options);
  }

  /** @throws Error if the log group cannot have a metric filter */
  droppedEvents(method: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(droppedEvents, method, options);
  }

  /** Of its own for each copy of the stack, so that no copy counts for another and sets off its alarms. */
  private get namespace(): string {
    this.definedNamespace ??=
      NAMESPACE_PREFIX + uniquePath(this.group.scope, MAX_NAMESPACE_LENGTH - NAMESPACE_PREFIX.length);
    return this.definedNamespace;
  }

  private metric(
    count: LineCount,
    method: string,
    options: cloudwatch.MetricOptions = {},
  ): cloudwatch.Metric {
    assertMayHave(
      this.group,
      'a metric filter',
      method,
      'use class STANDARD, or a metric of your application',
    );
    const filter = this.filters.get(count) ?? this.defineFilter(count);
    this.filters.set(count, filter);
    return filter.metric({ statistic: cloudwatch.Stats.SUM, ...options });
  }

  private defineFilter({ metricName, filterPattern, metricValue }: LineCount): logs.MetricFilter {
    const { scope, logGroup } = this.group;
    return new logs.MetricFilter(scope, `${metricName}Filter`, {
      logGroup,
      filterPattern: filterPattern(),
      metricName,
      metricValue,
      metricNamespace: this.namespace,
      // The service takes a default only without dimensions, and reports it only while other lines arrive.
      defaultValue: 0,
    });
  }
}
