import { App, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { LEVELS, type Level } from '../../../contract/levels.js';
import { CloudWatchLogging } from '../../../lib/index.js';
import { parseFilterPattern } from '../../../local/filter-pattern/filter-pattern.js';
import { lossRecord } from '../../../runtime/ack/losses.js';
import { formatLine } from '../../../runtime/serialize/line.js';
import { account, flagSets, newStack, region, resources } from '../stacks.js';
import { PYTHON_LEVELS, pythonLine, wrapped } from '../../support/python-lines.js';
import { deployedName, importedIn, logGroupRef, operatedIn } from './operated.js';

const namespace = deployedName('FapilogCloudWatch/', '/Logging');

const foreignArn = 'arn:aws:logs:us-east-1:210987654321:log-group:/theirs:*';

/** A metric as a graph shows it. */
function shown(stack: Stack, metric: cloudwatch.Metric): unknown {
  const [widget] = new cloudwatch.GraphWidget({ left: [metric] }).toJson();
  return stack.resolve(widget.properties.metrics[0]);
}

const ERRORS_PATTERN =
  '{ ($.level = "error") || ($.level = "fatal") || ($.level = "ERROR") || ($.level = "CRITICAL") || ' +
  '($.log.level = "error") || ($.log.level = "fatal") || ($.log.level = "ERROR") || ($.log.level = "CRITICAL") }';

function metricFilters(stack: Stack): unknown[] {
  return resources(stack, 'AWS::Logs::MetricFilter').map(({ Properties }) => Properties);
}

describe.each(flagSets)('metrics %s', (_, context) => {
  test.each(['IncomingLogEvents', 'IncomingBytes'] as const)('%s is of this log group alone', (name) => {
    const stack = newStack(context);
    const operated = operatedIn(stack);

    const metric = operated.logging[`metric${name}`]();

    expect(shown(stack, metric)).toEqual([
      'AWS/Logs',
      name,
      'LogGroupName',
      logGroupRef(operated),
      { stat: 'Sum' },
    ]);
  });

  test.each(['IncomingLogEvents', 'IncomingBytes'] as const)('%s takes options', (name) => {
    const stack = newStack(context);
    const { logging } = operatedIn(stack);

    const metric = logging[`metric${name}`]({
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.minutes(1),
      label: 'Mine',
    });

    expect(metric).toMatchObject({ statistic: 'Maximum', label: 'Mine' });
    expect(metric.period.toSeconds()).toBe(60);
  });

  test('incoming metrics of a log group elsewhere name its account and Region', () => {
    const stack = newStack(context);
    const { logging } = importedIn(stack, foreignArn);

    expect(shown(stack, logging.metricIncomingBytes())).toEqual([
      'AWS/Logs',
      'IncomingBytes',
      'LogGroupName',
      '/theirs',
      { stat: 'Sum', accountId: '210987654321', region: 'us-east-1' },
    ]);
  });

  test('incoming metrics in a stack of any environment name neither', () => {
    const stack = newStack(context, {});
    const operated = operatedIn(stack);

    expect(shown(stack, operated.logging.metricIncomingBytes())).toEqual([
      'AWS/Logs',
      'IncomingBytes',
      'LogGroupName',
      logGroupRef(operated),
      { stat: 'Sum' },
    ]);
  });

  test.each([
    ['Errors', ERRORS_PATTERN, '1'],
    ['DroppedEvents', '{ $.droppedEvents > 0 }', '$.droppedEvents'],
  ] as const)('%s comes from one metric filter, however often it is asked for', (name, pattern, value) => {
    const stack = newStack(context);
    const operated = operatedIn(stack);

    const metric = operated.logging[`metric${name}`]();
    operated.logging[`metric${name}`]({ statistic: cloudwatch.Stats.MAXIMUM });

    expect(shown(stack, metric)).toEqual([namespace, name, { stat: 'Sum' }]);
    expect(metricFilters(stack)).toEqual([
      {
        LogGroupName: logGroupRef(operated),
        FilterPattern: pattern,
        MetricTransformations: [
          {
            MetricNamespace: namespace,
            MetricName: name,
            MetricValue: value,
            DefaultValue: 0,
          },
        ],
      },
    ]);
  });

  test('no metric filter is defined before it is needed', () => {
    const stack = newStack(context);
    const { logging } = operatedIn(stack);

    logging.metricIncomingLogEvents();

    expect(metricFilters(stack)).toEqual([]);
  });

  test.each(['Errors', 'DroppedEvents'] as const)('%s takes options', (name) => {
    const { logging } = operatedIn(newStack(context));

    const metric = logging[`metric${name}`]({
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.hours(1),
    });

    expect(metric.statistic).toBe('Maximum');
    expect(metric.period.toHours()).toBe(1);
  });

  test.each(['metricErrors', 'metricDroppedEvents'] as const)(
    '%s is refused for class INFREQUENT_ACCESS',
    (method) => {
      const stack = newStack(context);
      const { logging } = operatedIn(stack, { logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS });

      expect(() => logging[method]()).toThrow(
        new Error(
          `Stack/Logging: ${method} needs a metric filter, which a log group of class INFREQUENT_ACCESS cannot have; ` +
            'use class STANDARD, or a metric of your application',
        ),
      );
      expect(logging.metricIncomingBytes().metricName).toBe('IncomingBytes');
      expect(metricFilters(stack)).toEqual([]);
    },
  );

  test('a metric filter is refused in another environment', () => {
    const stack = newStack(context);
    const { logging } = importedIn(stack, foreignArn);

    expect(() => logging.metricErrors()).toThrow(
      new Error(
        "Stack/Logging: metricErrors needs a metric filter, which must be in the log group's own account and Region, " +
          '210987654321 and us-east-1; call it on a construct in a stack of that environment',
      ),
    );
    expect(stack.node.findAll().filter((node) => logs.CfnMetricFilter.isCfnMetricFilter(node))).toEqual([]);
  });

  test('a metric filter is allowed where account and Region are not known, or are those of the stack', () => {
    const anywhere = newStack(context, {});
    importedIn(anywhere, foreignArn).logging.metricErrors();
    const here = newStack(context);
    importedIn(here, `arn:aws:logs:${region}:${account}:log-group:/ours:*`).logging.metricErrors();

    expect(metricFilters(anywhere)).toHaveLength(1);
    expect(metricFilters(here)).toHaveLength(1);
  });
});

test('two constructs count in two namespaces', () => {
  const stack = new Stack(new App(), 'Stack');
  const namespaces = ['One', 'Two'].map((id) => new CloudWatchLogging(stack, id).metricErrors().namespace);

  expect(stack.resolve(namespaces)).toEqual([
    deployedName('FapilogCloudWatch/', '/One'),
    deployedName('FapilogCloudWatch/', '/Two'),
  ]);
});

describe.each([
  ['Errors', ERRORS_PATTERN],
  ['DroppedEvents', '{ $.droppedEvents > 0 }'],
])('the pattern of %s', (name, pattern) => {
  const { matches } = parseFilterPattern(pattern);

  test('has less than the 1,024 characters that the service takes', () => {
    expect(pattern.length).toBeLessThan(1_024);
  });

  test.each([
    ...LEVELS.map((level) => [
      `Node.js at ${level}`,
      nodeLine(level),
      level === 'error' || level === 'fatal',
    ]),
    ...PYTHON_LEVELS.flatMap((level) => {
      const isError = level === 'ERROR' || level === 'CRITICAL';
      const line = pythonLine({ level });
      return [
        [`Python at ${level}`, line, isError],
        [`Python at ${level}, below log`, wrapped(line), isError],
      ];
    }),
    ['a text that is no JSON', 'error ERROR', false],
    ['a field of that name elsewhere', JSON.stringify({ level: 'info', data: { level: 'ERROR' } }), false],
  ] as [string, string, boolean][])('on a line of %s', (_, line, isError) => {
    expect(matches(line)).toBe(name === 'Errors' && isError);
  });

  test('on the loss marker of the sink', () => {
    const loss = lossRecord({ reason: 'queue_full', count: 3, fromMs: 0, toMs: 1 }, 2);

    expect(matches(formatLine(loss))).toBe(name === 'DroppedEvents');
  });
});

function nodeLine(level: Level): string {
  return formatLine({ timeMs: 0, level, message: 'm', fields: [] });
}
