import { Duration, type Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { flagSets, newStack, resources } from '../stacks.js';
import { deployedName, importedIn, logGroupRef, operatedIn } from './operated.js';

const QUERY =
  ' | fields coalesce(service, diagnostics.service, log.diagnostics.service) as serviceName, ' +
  'coalesce(error.type, diagnostics.exception.error.type, log.diagnostics.exception.error.type) as errorType, ' +
  'coalesce(message, log.message) as text\n' +
  '| filter coalesce(level, log.level) in ["error", "fatal", "ERROR", "CRITICAL"]\n' +
  '| stats count(*) as errors, latest(text) as lastMessage by serviceName, errorType\n' +
  '| sort errors desc\n' +
  '| limit 100';

const NAMESPACE = deployedName('FapilogCloudWatch/', '/Logging');

/** Widgets as a dashboard has them; it is a dashboard that knows its Region. */
function shown(stack: Stack, widgets: cloudwatch.IWidget[]): any[] {
  return stack.resolve(widgets.flatMap((widget) => widget.toJson()));
}

function titles(stack: Stack, widgets: cloudwatch.IWidget[]): string[] {
  return shown(stack, widgets).map(({ properties }) => properties.title);
}

describe.each(flagSets)('createWidgets %s', (_, context) => {
  test('show volume, losses and errors', () => {
    const stack = newStack(context);
    const operated = operatedIn(stack);
    const name = logGroupRef(operated);

    const graph = { view: 'timeSeries', region: { Ref: 'AWS::Region' }, yAxis: {} };
    const size = { width: 8, height: 6 };
    expect(shown(stack, operated.logging.createWidgets())).toEqual([
      {
        type: 'metric',
        ...size,
        properties: {
          ...graph,
          title: 'Log volume',
          metrics: [
            ['AWS/Logs', 'IncomingLogEvents', 'LogGroupName', name, { label: 'Events', stat: 'Sum' }],
            [
              'AWS/Logs',
              'IncomingBytes',
              'LogGroupName',
              name,
              { label: 'Bytes', stat: 'Sum', yAxis: 'right' },
            ],
          ],
        },
      },
      {
        type: 'metric',
        ...size,
        properties: {
          ...graph,
          title: 'Errors and dropped log events',
          metrics: [
            [NAMESPACE, 'Errors', { label: 'Errors', color: '#ff7f0e', stat: 'Sum' }],
            [NAMESPACE, 'DroppedEvents', { label: 'Dropped', color: '#d62728', stat: 'Sum' }],
          ],
        },
      },
      {
        type: 'log',
        ...size,
        properties: {
          view: 'table',
          region: { Ref: 'AWS::Region' },
          title: 'Errors by service',
          query: { 'Fn::Join': ['', ["SOURCE '", name, `'${QUERY}`]] },
        },
      },
    ]);
    expect(resources(stack, 'AWS::CloudWatch::Dashboard')).toEqual([]);
  });

  test('fit into a dashboard, and take period and size', () => {
    const stack = newStack(context);
    const { logging } = operatedIn(stack);
    const widgets = logging.createWidgets({ period: Duration.minutes(1), width: 12, height: 3 });

    const dashboard = new cloudwatch.Dashboard(stack, 'Dashboard');
    dashboard.addWidgets(...widgets);

    const sizes = shown(stack, widgets).map(({ width, height }) => `${width} × ${height}`);
    expect(sizes).toEqual(Array(3).fill('12 × 3'));
    const [volume, losses] = shown(stack, widgets).map(({ properties }) => properties.metrics);
    expect([...volume, ...losses].map((metric) => metric.at(-1).period)).toEqual(Array(4).fill(60));
    expect(resources(stack, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
  });

  test('of class INFREQUENT_ACCESS need no metric filter', () => {
    const stack = newStack(context);
    const { logging } = operatedIn(stack, { logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS });

    expect(titles(stack, logging.createWidgets())).toEqual(['Log volume', 'Errors by service']);
    expect(resources(stack, 'AWS::Logs::MetricFilter')).toEqual([]);
  });

  test('of a log group elsewhere name its account and Region', () => {
    const stack = newStack(context);
    const { logging } = importedIn(stack, 'arn:aws:logs:us-east-1:210987654321:log-group:/theirs:*');

    const [volume, errors, ...more] = shown(stack, logging.createWidgets()).map(
      ({ properties }) => properties,
    );
    expect(more).toEqual([]);
    const there = { accountId: '210987654321', region: 'us-east-1', stat: 'Sum' };
    expect(volume.metrics).toEqual([
      ['AWS/Logs', 'IncomingLogEvents', 'LogGroupName', '/theirs', { label: 'Events', ...there }],
      ['AWS/Logs', 'IncomingBytes', 'LogGroupName', '/theirs', { label: 'Bytes', yAxis: 'right', ...there }],
    ]);
    expect(errors).toEqual({
      view: 'table',
      title: 'Errors by service',
      accountId: '210987654321',
      region: 'us-east-1',
      query: `SOURCE '/theirs'${QUERY}`,
    });
  });

  test('are what the deprecated method returns, too', () => {
    const stack = newStack(context);
    const { logging } = operatedIn(stack);
    const options = { period: Duration.minutes(1), width: 12 };

    expect(shown(stack, logging.widgets(options))).toEqual(shown(stack, logging.createWidgets(options)));
    expect(titles(stack, logging.widgets())).toEqual(titles(stack, logging.createWidgets()));
  });
});
