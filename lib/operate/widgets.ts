import { aws_cloudwatch as cloudwatch, aws_logs as logs, type Duration } from 'aws-cdk-lib';
import { assertNoProblems } from '../../contract/problems.js';
import { unknownOptions, type OptionNames } from '../option-names.js';
import { nameOf } from '../log-group-name.js';
import { isHere } from '../stack-environment.js';
import { incomingMetric } from './incoming-metrics.js';
import type { LineMetrics } from './line-metrics.js';
import { mayHaveFilters, type OperatedLogGroup } from './log-group-features.js';
import { errorsByService } from './queries.js';

/** Options of {@link ICloudWatchLogging.createWidgets}. */
export interface WidgetOptions {
  /**
   * Period of the graphs.
   *
   * @default Duration.minutes(5)
   */
  readonly period?: Duration | undefined;

  /**
   * Width of each widget, in columns of a dashboard: 1 to 24. Three widgets of the default width make a row.
   *
   * @default 8
   */
  readonly width?: number | undefined;

  /**
   * Height of each widget, in rows of a dashboard.
   *
   * @default 6
   */
  readonly height?: number | undefined;
}

const WIDGET_OPTIONS: OptionNames<WidgetOptions> = { period: true, width: true, height: true };

/** Size of a widget, and the period of its graph. */
interface Shape {
  readonly width: number;
  readonly height: number;
  readonly metric: cloudwatch.MetricOptions;
}

/** Leaves out the widget of errors and losses where the log group cannot have the metric filters that count them. */
export function defineWidgets(
  group: OperatedLogGroup,
  lines: LineMetrics,
  options: WidgetOptions,
): cloudwatch.IWidget[] {
  const { period, width = 8, height = 6 } = options;
  assertNoProblems(unknownOptions(options, WIDGET_OPTIONS, `${group.scope.node.path}: createWidgets`));
  const shape: Shape = { width, height, metric: period ? { period } : {} };
  return [
    volumeWidget(group, shape),
    ...(mayHaveFilters(group) ? [lossWidget(lines, shape)] : []),
    errorsWidget(group, shape),
  ];
}

function volumeWidget(group: OperatedLogGroup, { metric, ...size }: Shape): cloudwatch.IWidget {
  return new cloudwatch.GraphWidget({
    ...size,
    title: 'Log volume',
    left: [incomingMetric(group, 'IncomingLogEvents', { label: 'Events', ...metric })],
    right: [incomingMetric(group, 'IncomingBytes', { label: 'Bytes', ...metric })],
  });
}

function lossWidget(lines: LineMetrics, { metric, ...size }: Shape): cloudwatch.IWidget {
  return new cloudwatch.GraphWidget({
    ...size,
    title: 'Errors and dropped log events',
    left: [
      lines.errors('createWidgets', { label: 'Errors', color: cloudwatch.Color.ORANGE, ...metric }),
      lines.droppedEvents('createWidgets', { label: 'Dropped', color: cloudwatch.Color.RED, ...metric }),
    ],
  });
}

function errorsWidget({ scope, logGroup }: OperatedLogGroup, { width, height }: Shape): cloudwatch.IWidget {
  const { account, region } = logGroup.env;
  return new cloudwatch.LogQueryWidget({
    width,
    height,
    title: errorsByService.name,
    logGroupNames: [nameOf(logGroup)],
    queryString: new logs.QueryString(errorsByService.query).toString(),
    ...(isHere(scope, logGroup) ? {} : { accountId: account, region }),
  });
}
