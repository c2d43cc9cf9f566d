import {
  Annotations as Notes,
  Aspects,
  AspectPriority,
  CfnResource,
  Mixins,
  RemovalPolicy,
  Size,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as apprunner from 'aws-cdk-lib/aws-apprunner';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as sam from 'aws-cdk-lib/aws-sam';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import type { IConstruct } from 'constructs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogging, type BindOptions } from '../../../lib/index.js';
import { account, flagSets, functionIn, loggingIn, newStack, region, warnings } from '../stacks.js';
import { containerIn, instanceIn, roleIn, taskDefinitionIn } from './targets.js';

const image = ecs.ContainerImage.fromRegistry('example.com/app');
const role = `arn:aws:iam::${account}:role/runner`;
const home = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-left-out-'));

afterAll(() => rmSync(home, { recursive: true }));

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

const included = {
  Fn: {
    Type: 'AWS::Lambda::Function',
    Properties: { Role: role, Code: { ZipFile: '' }, Handler: 'index.handler', Runtime: 'nodejs22.x' },
  },
};

function includeIn(stack: Stack): CfnInclude {
  const templateFile = join(home, 'template.json');
  writeFileSync(templateFile, JSON.stringify({ Resources: included }));
  return new CfnInclude(stack, 'Included', { templateFile });
}

function l1FunctionIn(stack: Stack, variables: Record<string, string> = {}): lambda.CfnFunction {
  return new lambda.CfnFunction(stack, 'Raw', { role, code: { zipFile: '' }, environment: { variables } });
}

function l1TaskIn(stack: Stack, environment: { name: string; value: string }[] = []): ecs.CfnTaskDefinition {
  const container = { name: 'app', image: 'example.com/app', environment };
  return new ecs.CfnTaskDefinition(stack, 'Raw', { family: 'raw', containerDefinitions: [container] });
}

const reasonOfType = (type: string): string =>
  `${type} takes variables from its own props only; set those that environment or toKeyValuePairs() returns there, ` +
  'and grant its role access with grantWrite(…)';

const reasonOfImport = (what: string, grant: string): string =>
  `variables cannot be set on ${what}; ${grant}, and let its owner set the variables that ` +
  'environment returns';

const leftOut = (reason: string): string =>
  `this is not bound to Stack/Logging: ${reason}, or leave it out with CloudWatchLogging.exclude(…) ` +
  '[ack: fapilog-cloudwatch:leftOut]';

/** What cannot be bound, where its warning is, and the reason in it. */
const unreachable: readonly [string, (stack: Stack) => unknown, string, string][] = [
  ['an L1 function', (stack) => l1FunctionIn(stack), '/Raw', reasonOfType('AWS::Lambda::Function')],
  ['an included function', includeIn, '/Included/Fn', reasonOfType('AWS::Lambda::Function')],
  [
    'a function of SAM',
    (stack) => new sam.CfnFunction(stack, 'Sam', { codeUri: 's3://bucket/key' }),
    '/Sam',
    reasonOfType('AWS::Serverless::Function'),
  ],
  [
    'a function as a generic resource',
    (stack) => new CfnResource(stack, 'Raw', { type: 'AWS::Lambda::Function', properties: { Role: role } }),
    '/Raw',
    reasonOfType('AWS::Lambda::Function'),
  ],
  ['an L1 task definition', (stack) => l1TaskIn(stack), '/Raw', reasonOfType('AWS::ECS::TaskDefinition')],
  [
    'a job definition of Batch',
    (stack) =>
      new batch.EcsJobDefinition(stack, 'Job', {
        container: new batch.EcsFargateContainerDefinition(stack, 'Container', {
          image,
          cpu: 1,
          memory: Size.gibibytes(2),
        }),
      }),
    '/Job/Resource',
    reasonOfType('AWS::Batch::JobDefinition'),
  ],
  [
    'a service of App Runner',
    (stack) => new apprunner.CfnService(stack, 'Service', { sourceConfiguration: {} }),
    '/Service',
    reasonOfType('AWS::AppRunner::Service'),
  ],
  [
    'an imported function',
    (stack) => lambda.Function.fromFunctionName(stack, 'Imported', 'theirs'),
    '/Imported',
    reasonOfImport('an imported function', 'call bindTo(…) for its grant'),
  ],
  [
    'an imported task definition',
    (stack) => ecs.FargateTaskDefinition.fromFargateTaskDefinitionArn(stack, 'Imported', 'arn:x'),
    '/Imported',
    reasonOfImport('an imported task definition', 'call grantWrite(…) with its task role'),
  ],
];

type Apply = (logging: CloudWatchLogging, scope: IConstruct) => void;

const forms: readonly [string, Apply][] = [
  ['bindAll', (logging, scope) => logging.bindAll(scope)],
  [
    'an Aspect',
    (logging, scope) => Aspects.of(scope).add(logging.injector(), { priority: AspectPriority.MUTATING }),
  ],
  ['a Mixin', (logging, scope) => Mixins.of(scope).apply(logging.injector())],
];

const everyForm = flagSets.flatMap(([flags, context]) =>
  forms.map(([form, apply]) => [form, flags, context, apply] as const),
);

/** Warnings by the path of what they are at. */
function warningsByPath(stack: Stack): Record<string, unknown> {
  const found = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  const others = found.filter(
    ({ entry }) => !JSON.stringify(entry.data).includes('[ack: fapilog-cloudwatch:noLogGroup'),
  );
  return Object.fromEntries(others.map(({ id, entry }) => [id, entry.data]));
}

function variablesOf(fn: lambda.Function): object {
  const { Properties } = Template.fromStack(Stack.of(fn)).findResources('AWS::Lambda::Function')[
    Stack.of(fn).getLogicalId(fn.node.defaultChild as CfnResource)
  ]!;
  return Properties.Environment?.Variables ?? {};
}

describe.each(everyForm)('%s %s', (form, _, context, apply) => {
  test.each(unreachable)('warns of %s, and binds the rest', (__, define, path, reason) => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    define(stack);
    const fn = functionIn(stack);

    apply(logging, stack);

    expect(variablesOf(fn)).toEqual(stack.resolve(logging.environment));
    expect(warningsByPath(stack)).toEqual({ [`/Stack${path}`]: leftOut(reason) });
  });

  test('warns of nothing that has the variables, is excluded, acknowledged, or is neither function nor container', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    l1FunctionIn(stack, logging.environment);
    const fn = includeIn(stack).getResource('Fn');
    fn.addPropertyOverride('Environment.Variables', logging.environment);
    CloudWatchLogging.exclude(lambda.Function.fromFunctionName(stack, 'Excluded', 'theirs'));
    const granted = lambda.Function.fromFunctionAttributes(stack, 'Granted', {
      functionArn: `arn:aws:lambda:${region}:${account}:function:theirs`,
      role: roleIn(stack),
    });
    new apprunner.CfnService(stack, 'Service', {
      sourceConfiguration: {
        imageRepository: {
          imageIdentifier: 'public.ecr.aws/x/y:1',
          imageRepositoryType: 'ECR_PUBLIC',
          imageConfiguration: { runtimeEnvironmentVariables: logging.toKeyValuePairs() },
        },
      },
    });
    instanceIn(stack);

    apply(logging, stack);
    logging.bindTo(granted);

    expect(Object.keys(warningsByPath(stack))).toEqual(['/Stack/Granted']);
    expect(warnings(stack)[0]).toMatch(/noEnvironment/);
  });

  test('warns of nothing that CDK defines for itself', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const bucket = new s3.Bucket(stack, 'Bucket', {
      autoDeleteObjects: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const fn = functionIn(stack);
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.LambdaDestination(fn));
    new logs.LogRetention(stack, 'Retention', { logGroupName: '/x', retention: logs.RetentionDays.ONE_DAY });

    apply(logging, stack);

    expect(warnings(stack)).toEqual([]);
  });

  test('warns of a function where the log group is not known, and binds the rest', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const edge = new Stack(stack.node.root, 'Edge', { env: { account, region: 'us-east-1' } });
    const there = functionIn(edge);
    const task = taskDefinitionIn(edge);
    containerIn(task);
    const here = functionIn(stack);

    apply(logging, stack.node.root);

    const reason = (path: string): string =>
      leftOut(
        `cannot bind ${path}, which is in another account or Region, to a log group whose name ` +
          'CloudFormation generates; give it a logGroupName',
      );
    expect(warningsByPath(edge)).toEqual({
      '/Edge/Function': reason('Edge/Function'),
      '/Edge/Task/App': reason('Edge/Task/App'),
    });
    expect(variablesOf(there)).toEqual({});
    expect(variablesOf(here)).toEqual(stack.resolve(logging.environment));
    expect(() => logging.bindTo(there)).toThrow('give it a logGroupName');
  });

  test('warns of a function in another account that nothing lets in', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
    const other = new Stack(stack.node.root, 'Other', { env: { account: '210987654321', region } });
    functionIn(other);

    apply(logging, stack.node.root);

    expect(warnings(other)).toEqual([
      expect.stringMatching(
        /^this is not bound to Stack\/Logging: .* which is in another account; .*leftOut\]$/,
      ),
    ]);
  });

  test('warns once of all programs in a stage below, and not of those that have settings there', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const stage = new Stage(stack.node.root, 'Production', { env: { account, region } });
    const inner = new Stack(stage, 'Inner');
    functionIn(inner);
    containerIn(taskDefinitionIn(inner));
    l1FunctionIn(inner);
    const settled = new Stack(stage, 'Settled');
    loggingIn(settled).bindTo(functionIn(settled));

    apply(logging, stack.node.root);

    expect(warningsByPath(stack)).toEqual({
      '/Stack/Logging':
        'Production is another stage, and no stage may refer to another; not bound: Production/Inner/Function, ' +
        'Production/Inner/Raw, Production/Inner/Task; define a CloudWatchLogging in that stage, or leave it out with ' +
        'CloudWatchLogging.exclude(…) [ack: fapilog-cloudwatch:otherStage:Production]',
    });
    expect(variablesOf(stage.node.findChild('Inner').node.findChild('Function') as lambda.Function)).toEqual(
      {},
    );
  });

  test.each<[string, (stage: Stage, logging: CloudWatchLogging) => void]>([
    ['excluded', (stage) => CloudWatchLogging.exclude(stage)],
    [
      'acknowledged',
      (_stage, { node }) =>
        Notes.of(node.scope!).acknowledgeWarning('fapilog-cloudwatch:otherStage:Production'),
    ],
    ['without programs', (stage) => void stage.node.tryRemoveChild('Inner')],
  ])('warns of no stage that is %s', (__, settle) => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const stage = new Stage(stack.node.root, 'Production', { env: { account, region } });
    functionIn(new Stack(stage, 'Inner'));
    settle(stage, logging);

    apply(logging, stack.node.root);

    expect(warnings(stack)).toEqual([]);
  });

  if (form !== 'a Mixin') return;

  test('binds nothing across stages, whichever stage it is applied to', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const stage = new Stage(stack.node.root, 'Production', { env: { account, region } });
    const fn = functionIn(new Stack(stage, 'Inner'));

    fn.with(logging.injector());

    expect(Object.keys(warningsByPath(stack))).toEqual(['/Stack/Logging']);
  });
});

describe.each(flagSets)('wrong options %s', (_, context) => {
  test.each<[string, (logging: CloudWatchLogging, options: BindOptions) => unknown]>([
    ['bindAll', (logging, options) => logging.bindAll(Stack.of(logging), options)],
    ['injector', (logging, options) => logging.injector(options)],
  ])('%s refuses at once, and does not count them against each program', (method, call) => {
    const logging = loggingIn(newStack(context));
    const loud: any = 'loud';

    expect(() => call(logging, { logLevel: loud })).toThrow(
      new RegExp(`Stack/Logging\\.${method}\\.logLevel is "loud"; allowed: `),
    );
  });
});
