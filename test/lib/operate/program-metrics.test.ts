import { aws_logs as logs } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parseEnvironment } from '../../../contract/codec.js';
import { CloudWatchLogging } from '../../../lib/index.js';
import { MemorySink } from '../../support/memory-sink.js';
import { getLogger } from '../../../runtime/logger/get-logger.js';
import { Settings } from '../../../runtime/settings/settings.js';
import { metricsOf } from '../../support/emf.js';
import { loggingIn, newStack } from '../stacks.js';

test('an alarm is on the very metric that a program with the variables of the construct writes', () => {
  const stack = newStack();
  const logging = loggingIn(stack, { service: 'orders', metricsNamespace: 'Shop' });
  logging
    .metric('refused', { dimensionsMap: { kind: 'card' } })
    .createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });

  const { FAPILOG_SERVICE, FAPILOG_CORE__METRICS_NAMESPACE } = logging.environment;
  const env = { FAPILOG_SERVICE, FAPILOG_CORE__METRICS_NAMESPACE };
  expect(parseEnvironment(env).notices).toEqual([]);
  const sink = new MemorySink();
  const logger = getLogger({ settings: new Settings({}, { env }), sinks: [sink] });
  logger.metric('refused', 1, { dimensions: { kind: 'card' } });
  const [{ namespace, name, dimensions } = { namespace: '', name: '', dimensions: {} }] = metricsOf(
    sink.lines[0]!,
  );

  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: namespace,
    MetricName: name,
    Dimensions: Object.entries(dimensions)
      .map(([Name, Value]) => ({ Name, Value }))
      .toSorted((a, b) => a.Name.localeCompare(b.Name)),
  });
  expect(dimensions).toEqual({ service: 'orders', kind: 'card' });
});

test('the namespace is that of the call, else of the construct, else the service', () => {
  const stack = newStack();
  const namespaceOf = (id: string, props: object, options = {}): string =>
    new CloudWatchLogging(stack, id, props).metric('m', options).namespace;

  expect(namespaceOf('A', { service: 'orders' })).toBe('orders');
  expect(namespaceOf('B', { service: 'orders', metricsNamespace: 'Shop' })).toBe('Shop');
  expect(namespaceOf('C', { service: 'orders' }, { namespace: 'Other' })).toBe('Other');
});

test('without a namespace, with one that is none, and for a class without metrics it is refused', () => {
  const stack = newStack();
  const logGroupClass = logs.LogGroupClass.INFREQUENT_ACCESS;

  expect(() => loggingIn(stack).metric('m')).toThrow(
    /Logging\.metric: namespace is not set; allowed: .*metricsNamespace/,
  );
  expect(() => new CloudWatchLogging(stack, 'B').metric('m', { namespace: 'AWS/Logs' })).toThrow(
    /"AWS\/Logs"/,
  );
  expect(() => new CloudWatchLogging(stack, 'C', { service: 'o', logGroupClass }).metric('m')).toThrow(
    /class STANDARD; its class is INFREQUENT_ACCESS/,
  );
});

test('a metric of a log group in another Region is looked for there', () => {
  const stack = newStack();
  const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/app';
  const group = logs.LogGroup.fromLogGroupArn(stack, 'Group', arn);
  const { region } = CloudWatchLogging.fromLogGroup(stack, 'A', group, { service: 'o' }).metric('m');

  expect(region).toBe('eu-west-1');
});
