import { aws_logs as logs } from 'aws-cdk-lib';
import { CloudWatchLogging, type CloudWatchLoggingProps } from '../../../lib/index.js';
import { functionIn, loggingIn, newStack } from '../stacks.js';

const CLASS = logs.LogGroupClass.INFREQUENT_ACCESS;
const ASKING: readonly [string, CloudWatchLoggingProps][] = [
  ['metricsNamespace', { metricsNamespace: 'Shop' }],
  ['settings.deliveryMetricsSeconds', { settings: { deliveryMetricsSeconds: 60 } }],
];

describe.each(ASKING)('%s', (name, props) => {
  const refusal = new RegExp(
    `\\.${name.replace('.', '\\.')} is .*; allowed: nothing for a log group of class INFREQUENT_ACCESS`,
  );

  test('is refused where the class of the log group has no metrics', () => {
    expect(() => loggingIn(newStack(), { logGroupClass: CLASS, ...props })).toThrow(refusal);
  });

  test('is refused for an adopted log group of that class', () => {
    const stack = newStack();
    const group = logs.LogGroup.fromLogGroupName(stack, 'Given', '/app');

    expect(() =>
      CloudWatchLogging.fromLogGroup(stack, 'A', group, { logGroupClass: CLASS, ...props }),
    ).toThrow(refusal);
  });

  test('is refused for one writer, and for those of an export', () => {
    const stack = newStack();
    const logging = loggingIn(stack, { logGroupClass: CLASS });

    expect(() => logging.bindTo(functionIn(stack, logging), props)).toThrow(refusal);
    expect(() => logging.toDotEnv(props)).toThrow(refusal);
  });

  test('is taken where the class has them, or nobody has named it', () => {
    const stack = newStack();
    const group = logs.LogGroup.fromLogGroupName(stack, 'Given', '/app');

    expect(() => loggingIn(stack, props)).not.toThrow();
    expect(() => CloudWatchLogging.fromLogGroup(stack, 'A', group, props)).not.toThrow();
  });
});
