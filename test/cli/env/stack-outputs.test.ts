import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { variablesOfOutputs, type Outputs } from '../../../cli/env/stack-outputs.js';
import { CloudWatchLogging } from '../../../lib/index.js';

interface Template {
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** Keys as the construct makes them, with values as a deployment would. */
function outputsOf(define: (stack: Stack) => void): Outputs {
  const app = new App();
  const stack = new Stack(app, 'Orders');
  define(stack);
  const template = app.synth().getStackByName('Orders').template as Template;
  const entries = Object.keys(template.Outputs).map((key) => [key, valueOf(key)] as const);
  return Object.fromEntries(entries);
}

function valueOf(key: string): string {
  if (key.includes('LogGroupName')) return `/orders/${key.slice(0, 3)}`;
  return key.includes('Region') ? 'eu-central-1' : 'arn:aws:iam::123456789012:role/writer';
}

const one = outputsOf((stack) => new CloudWatchLogging(stack, 'Logging').addOutputs());
const two = outputsOf((stack) => {
  new CloudWatchLogging(stack, 'Api').addOutputs();
  new CloudWatchLogging(stack, 'Jobs').addOutputs();
});

test('what addOutputs() writes names log group and Region, and the role where it is to be assumed', () => {
  const variables = {
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/orders/Log',
    FAPILOG_CLOUDWATCH__REGION: 'eu-central-1',
  };

  expect(variablesOfOutputs(one, {})).toEqual(variables);
  expect(variablesOfOutputs(one, { assumeRole: true })).toEqual({
    ...variables,
    FAPILOG_CLOUDWATCH__ROLE_ARN: 'arn:aws:iam::123456789012:role/writer',
  });
});

test('of several log groups, one is named by the beginning or by a key', () => {
  expect(() => variablesOfOutputs(two, {})).toThrow('  --output Api\n  --output Jobs');
  const jobs = { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/orders/Job' };
  expect(variablesOfOutputs(two, { output: 'Jobs' })).toMatchObject(jobs);
  const key = Object.keys(two).find((each) => each.startsWith('JobsLogGroupRegion'))!;
  expect(variablesOfOutputs(two, { output: key })).toMatchObject(jobs);
});

test('an output may hold variables as JSON', () => {
  const outputs = { ...one, Variables: '{"FAPILOG_CORE__LOG_LEVEL":"debug"}' };

  expect(variablesOfOutputs(outputs, { output: 'Variables' })).toEqual({ FAPILOG_CORE__LOG_LEVEL: 'debug' });
});

test.each([
  [{}, {}, /^The stack has no outputs of a log group\. It has none\. Deploy it with logging\.addOutputs\(\)/],
  [{ Url: 'https://a.example' }, {}, /It has Url\./],
  [
    { Url: 'https://a.example' },
    { output: 'Url' },
    /^The output Url holds no variables; allowed: a JSON object/,
  ],
  [{ Url: '{"a":1}' }, { output: 'Url' }, /^The output Url holds no variables/],
  [one, { output: 'Nothing' }, /^The stack has no output Nothing\. It has Logging/],
  [{ LogGroupNameOutput: '/a' }, { assumeRole: true }, /^--assume-role: the stack has no output/],
  [{ LogGroupRegionOutput: 'eu-west-1' }, {}, /^The stack has no output with the name of the log group/],
])('outputs %j with %j are refused', (outputs, choice, message) => {
  expect(() => variablesOfOutputs(outputs, choice)).toThrow(message);
});

test('an output of the app whose key only looks alike is no log group', () => {
  const outputs = outputsOf((stack) => new CfnOutput(stack, 'LogGroupNames', { value: '/a' }));

  expect(() => variablesOfOutputs(outputs, {})).toThrow('has no outputs of a log group');
});
