import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CloudAssembly, CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { LoggingStack } from '../../examples/lambda-function/stack.js';

afterAll(() => CloudAssembly.cleanupTemporaryDirectories());

/** No bundling: what esbuild makes of the handler is no part of a template. */
const context = { 'aws:cdk:bundling-stacks': [] };

/** The stack's resources without what changes with every edit of the handler. */
function resources(stack: Stack): Record<string, { Type: string }> {
  const { Resources } = Template.fromStack(stack).toJSON();
  return JSON.parse(JSON.stringify(Resources).replaceAll(/\b[0-9a-f]{64}\b/g, '<hash>'));
}

describe('the app that cdk.json names', () => {
  const before = process.env['CDK_CONTEXT_JSON'];

  afterEach(() => {
    if (before === undefined) delete process.env['CDK_CONTEXT_JSON'];
    else process.env['CDK_CONTEXT_JSON'] = before;
  });

  test('has one stack, for the account and Region of whoever deploys it', async () => {
    process.env['CDK_CONTEXT_JSON'] = JSON.stringify(context);

    const { app } = await import('../../bin/app.js');

    const stacks = app.synth().stacks.map(({ id, environment }) => [id, environment.name]);
    expect(stacks).toEqual([['HttpServiceLogging', 'aws://unknown-account/unknown-region']]);
  });
});

describe('the stack of the Lambda example', () => {
  test('is as it was', () => {
    const stack = new LoggingStack(new App({ context }), 'HttpServiceLogging');

    expect(resources(stack)).toMatchSnapshot();
  });

  test('has one log group, one role and one policy: the platform logs there too', () => {
    const app = new App({ context: { ...CURRENTLY_RECOMMENDED_FLAGS, ...context } });
    const stack = new LoggingStack(app, 'HttpServiceLogging');

    const types = Object.values(resources(stack)).map(({ Type }) => Type);
    expect(types.toSorted()).toEqual([
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
    ]);
    expect(stack.fn.role).toBe(stack.logging.role);
  });
});
