import { join } from 'node:path';
import { App, Aws, CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { variablesOfTemplate } from '../../../cli/env/template-variables.js';
import { CloudWatchLogging } from '../../../lib/index.js';
import { folderWith } from '../../support/folder.js';

/** Where a stack without `env` would be deployed. */
const here = { region: 'us-east-1' };

const GROUP = 'FAPILOG_CLOUDWATCH__LOG_GROUP_NAME';

/** The folder of a synthesized app with one function, whose variables a stack gives it. */
function synthesized(
  variables: (stack: Stack) => Readonly<Record<string, string>>,
  { logGroupName, ...props }: StackProps & { readonly logGroupName?: string } = { logGroupName: '/orders' },
): string {
  const app = new App({ outdir: folderWith({}) });
  const stack = new Stack(app, 'Orders', props);
  const handler = new Function(stack, 'Api', {
    runtime: Runtime.NODEJS_20_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = () => 0'),
    environment: variables(stack),
  });
  const logging = new CloudWatchLogging(stack, 'Logging', logGroupName === undefined ? {} : { logGroupName });
  logging.bindTo(handler);
  return app.synth().directory;
}

test('variables of the construct and of the app, from a folder and from its template', () => {
  const folder = synthesized(() => ({ STAGE: 'test' }));
  const found = variablesOfTemplate(folder, here);

  expect(found.variables).toMatchObject({ [GROUP]: '/orders', STAGE: 'test' });
  expect(variablesOfTemplate(join(folder, 'Orders.template.json'), { ...here, function: 'Api' })).toEqual(
    found,
  );
});

test('a name that CloudFormation generates is unknown, and is neither made up nor left out without a word', () => {
  const folder = synthesized(() => ({ STAGE: 'test' }), {});

  expect(() => variablesOfTemplate(folder, here)).toThrow(
    /^Only a deployment knows these variables;.*--known-only:\n {2}FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: CloudFormation generates the name of Logging\w+$/s,
  );
  const { variables, unknown } = variablesOfTemplate(folder, { ...here, knownOnly: true });
  expect(Object.keys(unknown)).toEqual([GROUP]);
  expect(variables).toMatchObject({ STAGE: 'test' });
  expect(variables).not.toHaveProperty(GROUP);
});

test('what depends on account or Region is known where the stack says them', () => {
  const variables = () => ({ PLACE: `${Aws.ACCOUNT_ID}/${Aws.REGION}` });
  const env = { account: '123456789012', region: 'eu-central-1' };

  expect(() => variablesOfTemplate(synthesized(variables), here)).toThrow(
    '\n  PLACE: it depends on the account or the Region of the stack',
  );
  expect(() =>
    variablesOfTemplate(
      synthesized(() => ({})),
      {},
    ),
  ).toThrow('\n  FAPILOG_CLOUDWATCH__REGION: it depends');
  expect(
    variablesOfTemplate(synthesized(variables, { env, logGroupName: '/orders' }), {}).variables,
  ).toMatchObject({ PLACE: '123456789012/eu-central-1' });
});

test('a parameter of the template has a value by --template-parameter', () => {
  const folder = synthesized((stack) => ({ STAGE: new CfnParameter(stack, 'Stage').valueAsString }));

  expect(() => variablesOfTemplate(folder, here)).toThrow('STAGE: ');
  const options = { ...here, templateParameter: { Stage: 'blue' } };
  expect(variablesOfTemplate(folder, options).variables).toMatchObject({ STAGE: 'blue' });
});

test('secrets of a container are named as unknown', () => {
  const Secrets = [{ Name: 'TOKEN', ValueFrom: 'arn:aws:ssm:us-east-1:123456789012:parameter/token' }];
  const Environment = [{ Name: GROUP, Value: '/orders' }];
  const ContainerDefinitions = [{ Name: 'web', Environment, Secrets }];
  const Resources = { Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions } } };
  const path = join(folderWith({ 'a.template.json': JSON.stringify({ Resources }) }), 'a.template.json');

  expect(() => variablesOfTemplate(path, { container: 'web' })).toThrow('\n  TOKEN: it is a secret');
  expect(variablesOfTemplate(path, { knownOnly: true }).variables).toEqual({ [GROUP]: '/orders' });
});
