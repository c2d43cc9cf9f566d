import { Annotations, App, CfnParameter, Stack, Stage } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CloudWatchLogging, type BindOptions, type CloudWatchLoggingProps } from '../../../lib/index.js';
import { account, flagSets, functionIn, loggingIn, newStack, ourWarnings, region } from '../stacks.js';
import { containerIn, groupIn, roleIn, taskDefinitionIn, vpcOf } from '../bind/targets.js';

const ID = 'fapilog-cloudwatch:putQuota';
const DEFAULT = 'by default, an account may make 5,000 in a Region, with all its loggers';

const digits = (count: number): string => Math.ceil(count).toLocaleString('en-US');

const warning = (calls: number, quota: number, by: string, ...ways: string[]): string =>
  `bound programs may make ${digits(calls)} PutLogEvents calls a second: ${by}; ${DEFAULT}; ` +
  [
    ...ways,
    `have the quota L-7E1FAE88 raised to ${digits(quota)} or more in Service Quotas, and acknowledge this warning [ack: ${ID}]`,
  ].join(', or ');

const copies = (path: string, count: number, seconds = 2): string =>
  `up to ${digits(count / seconds)} by ${path} (${digits(count)} copies, batchTimeoutSeconds ${seconds})`;

const environments = (path: string, count: number): string =>
  `${digits(count)} by ${path} (${digits(count)} environments, with invocations of 1 s; up to ${digits(count * 10)} with shorter ones)`;

const timeout = (seconds: number): string => `set batchTimeoutSeconds to ${seconds} or more`;
const timeoutOfAll = (seconds: number): string =>
  `set batchTimeoutSeconds of all processes counted here to ${seconds} or more`;
const STDOUT = "bind Stack/Function with delivery: 'stdout'";

function putQuotaWarnings(stack: Stack): unknown[] {
  return ourWarnings(stack).filter((each) => String(each).includes(ID));
}

function taskIn(stack: Stack, desiredCount: number, id = 'Task'): ecs.FargateTaskDefinition {
  const taskDefinition = taskDefinitionIn(stack, id);
  containerIn(taskDefinition);
  new ecs.CfnService(stack, `${id}Service`, {
    taskDefinition: taskDefinition.taskDefinitionArn,
    desiredCount,
  });
  return taskDefinition;
}

function machinesIn(stack: Stack, maxSize: number): autoscaling.AutoScalingGroup {
  const group = groupIn(stack);
  (group.node.defaultChild as autoscaling.CfnAutoScalingGroup).maxSize = String(maxSize);
  return group;
}

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(flagSets)('%s', (_, context) => {
  /** Warnings about a task definition of so many tasks. */
  const ofTasks = (
    count: number,
    props?: CloudWatchLoggingProps,
    options?: BindOptions,
    environment?: Record<string, string>,
  ): unknown[] => {
    const stack = newStack(context);
    const taskDefinition = taskDefinitionIn(stack);
    containerIn(taskDefinition, 'App', environment ? { environment } : {});
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: vpcOf(stack) });
    new ecs.FargateService(stack, 'Service', { cluster, taskDefinition, desiredCount: count });
    loggingIn(stack, props).bindTo(taskDefinition, options);
    return putQuotaWarnings(stack);
  };

  const ofFunction = (reservedConcurrentExecutions: number, options?: BindOptions): unknown[] => {
    const stack = newStack(context);
    loggingIn(stack).bindTo(functionIn(stack, { reservedConcurrentExecutions }), options);
    return putQuotaWarnings(stack);
  };

  test.each<[number, unknown[]]>([
    [9_999, []],
    [10_000, []],
    [10_001, [warning(5_001, 6_300, copies('Stack/Task/App', 10_001), timeout(3))]],
    [20_000, [warning(10_000, 13_000, copies('Stack/Task/App', 20_000), timeout(5))]],
    [1_000_000, [warning(500_000, 630_000, copies('Stack/Task/App', 1_000_000))]],
  ])('%i tasks', (count, expected) => {
    expect(ofTasks(count)).toEqual(expected);
  });

  test.each<[string, unknown[], () => unknown[]]>([
    [
      'of the construct',
      [warning(20_000, 25_000, copies('Stack/Task/App', 20_000, 1), timeout(5))],
      () => ofTasks(20_000, { settings: { batchTimeoutSeconds: 1 } }),
    ],
    ['long enough', [], () => ofTasks(20_000, { settings: { batchTimeoutSeconds: 4 } })],
    [
      'just too short',
      [warning(5_129, 6_500, copies('Stack/Task/App', 20_000, 3.9), timeout(5))],
      () => ofTasks(20_000, { settings: { batchTimeoutSeconds: 3.9 } }),
    ],
    ['of the binding', [], () => ofTasks(20_000, {}, { settings: { batchTimeoutSeconds: 4 } })],
    [
      'of the container',
      [],
      () => ofTasks(20_000, {}, {}, { FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: '4' }),
    ],
    ['of Python’s fapilog, long enough', [], () => ofTasks(25_000, { readers: ['python'] })],
    [
      'of Python’s fapilog',
      [warning(5_001, 6_300, copies('Stack/Task/App', 25_001, 5), timeout(6.5))],
      () => ofTasks(25_001, { readers: ['python'] }),
    ],
  ])('a batchTimeoutSeconds %s', (__, expected, found) => {
    expect(found()).toEqual(expected);
  });

  test('a batchTimeoutSeconds that only the deployment knows is not judged', () => {
    const stack = newStack(context);
    const batchTimeoutSeconds = new CfnParameter(stack, 'Timeout', { type: 'Number' }).valueAsNumber;

    const logging = loggingIn(stack, { settings: { batchTimeoutSeconds } });
    logging.bindTo(taskIn(stack, 1_000_000));
    logging.bindTo(machinesIn(stack, 1_000_000));
    expect(putQuotaWarnings(stack)).toEqual([]);

    const again = newStack(context);
    const unknown = new CfnParameter(again, 'Timeout', { type: 'Number' }).valueAsNumber;
    const both = loggingIn(again, { settings: { batchTimeoutSeconds: unknown } });
    both.bindTo(machinesIn(again, 1_000_000));
    both.bindTo(taskIn(again, 12_000), { settings: { batchTimeoutSeconds: 2 } });
    expect(putQuotaWarnings(again)).toEqual([
      warning(6_000, 7_500, copies('Stack/Task/App', 12_000), timeout(3)),
    ]);
  });

  test.each<[number, unknown[]]>([
    [4_999, []],
    [5_000, []],
    [5_001, [warning(5_001, 6_300, environments('Stack/Function', 5_001), STDOUT)]],
  ])('a function with a reserved concurrency of %i', (count, expected) => {
    expect(ofFunction(count)).toEqual(expected);
    expect(ofFunction(count, { delivery: 'stdout' })).toEqual([]);
  });

  test('a version and an alias with provisioned concurrency are those of their function', () => {
    const stack = newStack(context);
    const fn = functionIn(stack, { currentVersionOptions: { provisionedConcurrentExecutions: 4_000 } });
    const version = new lambda.Version(stack, 'Version', { lambda: fn });
    const alias = new lambda.Alias(stack, 'Live', {
      aliasName: 'live',
      version,
      provisionedConcurrentExecutions: 2_000,
    });
    const logging = loggingIn(stack);

    logging.bindTo(alias);
    logging.bindTo(fn.currentVersion);

    expect(putQuotaWarnings(stack)).toEqual([
      warning(6_000, 7_500, environments('Stack/Function', 6_000), STDOUT),
    ]);
  });

  test('an imported function has the concurrency of its aliases here, and cannot be told to use stdout', () => {
    const stack = newStack(context);
    const fn = lambda.Function.fromFunctionAttributes(stack, 'Theirs', {
      functionArn: `arn:aws:lambda:${region}:${account}:function:theirs`,
      role: roleIn(stack),
      sameEnvironment: true,
    });
    const logging = loggingIn(stack);
    logging.bindTo(fn);
    expect(putQuotaWarnings(stack)).toEqual([]);

    const again = newStack(context);
    const theirs = lambda.Function.fromFunctionAttributes(again, 'Theirs', {
      functionArn: `arn:aws:lambda:${region}:${account}:function:theirs`,
      role: roleIn(again),
      sameEnvironment: true,
    });
    const version = lambda.Version.fromVersionAttributes(again, 'Version', { lambda: theirs, version: '7' });
    const provisionedConcurrentExecutions = 6_000;
    new lambda.Alias(again, 'Live', { aliasName: 'live', version, provisionedConcurrentExecutions });
    loggingIn(again).bindTo(theirs);

    expect(putQuotaWarnings(again)).toEqual([warning(6_000, 7_500, environments('Stack/Theirs', 6_000))]);
  });

  test('machines of an Auto Scaling group, by itself or by its launch template', () => {
    const [bySelf, byTemplate] = [newStack(context), newStack(context)];
    loggingIn(bySelf).bindTo(machinesIn(bySelf, 12_000));
    machinesIn(byTemplate, 12_000);
    loggingIn(byTemplate).bindTo(byTemplate.node.findChild('LaunchTemplate') as ec2.LaunchTemplate);

    const expected = (path: string): string => warning(6_000, 7_500, copies(path, 12_000), timeout(3));
    expect(putQuotaWarnings(bySelf)).toEqual([expected('Stack/Machines')]);
    expect(putQuotaWarnings(byTemplate)).toEqual([expected('Stack/LaunchTemplate')]);
  });

  test('tasks on EC2 that scale, with a program in each of two containers', () => {
    const stack = newStack(context);
    const taskDefinition = new ecs.Ec2TaskDefinition(stack, 'Task');
    for (const id of ['App', 'Sidecar']) containerIn(taskDefinition, id, { memoryLimitMiB: 64 });
    const vpc = vpcOf(stack);
    const cluster = ecs.Cluster.fromClusterAttributes(stack, 'Cluster', {
      clusterName: 'theirs',
      vpc,
      hasEc2Capacity: true,
    });
    const service = new ecs.Ec2Service(stack, 'Service', { cluster, taskDefinition, desiredCount: 1 });
    service.autoScaleTaskCount({ maxCapacity: 6_000 });

    loggingIn(stack).bindTo(taskDefinition);

    const each = ['App', 'Sidecar'].map((id) => copies(`Stack/Task/${id}`, 6_000)).join(', ');
    expect(putQuotaWarnings(stack)).toEqual([warning(6_000, 7_500, each, timeoutOfAll(3))]);
  });

  test('a container that is bound alone and later ones count once', () => {
    const stack = newStack(context);
    const task = taskIn(stack, 12_000);
    const logging = loggingIn(stack);
    logging.bindTo(task);
    logging.bindTo(containerIn(task, 'Late'));

    const each = ['App', 'Late'].map((id) => copies(`Stack/Task/${id}`, 12_000)).join(', ');
    expect(putQuotaWarnings(stack)).toEqual([warning(12_000, 15_000, each, timeoutOfAll(6))]);
  });
});

describe('the sum', () => {
  test('names the three programs with most calls', () => {
    const stack = newStack();
    const logging = loggingIn(stack);
    for (const [id, count] of Object.entries({ A: 1_000, B: 4_000, C: 3_000, D: 500, E: 4_002 })) {
      logging.bindTo(taskIn(stack, count, id));
    }

    const by = [copies('Stack/E/App', 4_002), copies('Stack/B/App', 4_000), copies('Stack/C/App', 3_000)];
    expect(putQuotaWarnings(stack)).toEqual([
      warning(6_251, 7_900, `${by.join(', ')}, 750 by others`, timeoutOfAll(3.5)),
    ]);
  });

  test('is that of all constructs of the account and Region, and the one with most calls has the warning', () => {
    const stack = newStack();
    const second = new Stack(stack.node.root, 'Second', { env: { account, region } });
    new CloudWatchLogging(stack, 'Small').bindTo(taskIn(stack, 4_000));
    const large = new CloudWatchLogging(second, 'Large');
    large.bindTo(taskIn(second, 8_000));

    expect(putQuotaWarnings(stack)).toEqual([]);
    expect(putQuotaWarnings(second)).toEqual([
      warning(
        6_000,
        7_500,
        `${copies('Second/Task/App', 8_000)}, ${copies('Stack/Task/App', 4_000)}`,
        timeoutOfAll(3),
      ),
    ]);
    expect(large.node.metadata.map(({ data }) => String(data))).toContainEqual(expect.stringContaining(ID));
  });

  test.each([
    ['another Region', { env: { account, region: 'us-west-2' } }],
    ['another account', { env: { account: '210987654321', region } }],
    ['an environment that only the deployment knows', {}],
  ])('has nothing of %s', (_, props) => {
    const stack = newStack();
    const second = new Stack(stack.node.root, 'Second', props);
    for (const each of [stack, second]) loggingIn(each).bindTo(taskIn(each, 8_000));

    expect([stack, second].flatMap(putQuotaWarnings)).toEqual([]);
  });

  test('of stacks whose environment only the deployment knows is one', () => {
    const stack = newStack({}, {});
    const second = new Stack(stack.node.root, 'Second');
    for (const each of [stack, second]) loggingIn(each).bindTo(taskIn(each, 8_000));

    expect([stack, second].flatMap(putQuotaWarnings)).toHaveLength(1);
  });

  test('has nothing of another stage', () => {
    const app = new App();
    const stacks = ['Beta', 'Prod'].map(
      (id) => new Stack(new Stage(app, id, { env: { account, region } }), 'Stack'),
    );
    for (const each of stacks) loggingIn(each).bindTo(taskIn(each, 8_000));

    app.synth();
    expect(stacks.flatMap(putQuotaWarnings)).toEqual([]);
  });

  test('has what is bound by an Aspect', () => {
    const stack = newStack();
    taskIn(stack, 12_000);
    loggingIn(stack).bindAll(stack);

    expect(putQuotaWarnings(stack)).toEqual([
      warning(6_000, 7_500, copies('Stack/Task/App', 12_000), timeout(3)),
    ]);
  });

  test('names no program whose copies are not known', () => {
    const stack = newStack();
    const logging = loggingIn(stack);
    logging.bindTo(functionIn(stack));
    logging.bindTo(taskDefinitionIn(stack, 'Alone'));
    logging.bindTo(taskIn(stack, 12_000));

    expect(putQuotaWarnings(stack)).toEqual([
      warning(6_000, 7_500, copies('Stack/Task/App', 12_000), timeout(3)),
    ]);
  });

  test('has no program that is not bound', () => {
    const stack = newStack();
    taskIn(stack, 1_000_000, 'Unbound');
    loggingIn(stack).bindTo(taskIn(stack, 10));

    expect(putQuotaWarnings(stack)).toEqual([]);
  });
});

describe('the advice', () => {
  const bindBoth = (
    tasks: number,
    concurrency: number,
    stack = newStack(),
    logging = loggingIn(stack),
  ): unknown[] => {
    logging.bindTo(taskIn(stack, tasks));
    logging.bindTo(functionIn(stack, { reservedConcurrentExecutions: concurrency }));
    return putQuotaWarnings(stack);
  };
  const [task, fn] = ['Stack/Task/App', 'Stack/Function'];

  test('names each way that is enough', () => {
    const by = `${copies(task, 8_000)}, ${environments(fn, 2_000)}`;
    expect(bindBoth(8_000, 2_000)).toEqual([warning(6_000, 7_500, by, timeout(4), STDOUT)]);
  });

  test('has no batchTimeoutSeconds where functions alone make too many calls', () => {
    const by = `${environments(fn, 6_000)}, ${copies(task, 8_000)}`;
    expect(bindBoth(8_000, 6_000)).toEqual([warning(10_000, 13_000, by, STDOUT)]);
  });

  test('has no stdout where the others alone make too many calls', () => {
    const by = `${copies(task, 12_000)}, ${environments(fn, 2_000)}`;
    expect(bindBoth(12_000, 2_000)).toEqual([warning(8_000, 10_000, by, timeout(6))]);
  });

  test('has both where one is not enough', () => {
    const by = `${copies(task, 12_000)}, ${environments(fn, 5_000)}`;
    expect(bindBoth(12_000, 5_000)).toEqual([warning(11_000, 14_000, by, `${STDOUT} and ${timeout(3)}`)]);
  });

  test('names the functions to bind otherwise, all of them', () => {
    const functionsOf = (count: number): string => {
      const stack = newStack();
      const logging = loggingIn(stack);
      for (let index = 1; index <= count; index++) {
        const code = lambda.Code.fromInline('exports.handler = () => {}');
        logging.bindTo(
          new lambda.Function(stack, `F${index}`, {
            runtime: lambda.Runtime.NODEJS_22_X,
            handler: 'index.handler',
            code,
            reservedConcurrentExecutions: 3_000,
          }),
        );
      }
      return String(putQuotaWarnings(stack));
    };

    expect(functionsOf(2)).toContain("; bind Stack/F1 and Stack/F2 with delivery: 'stdout', or have");
    expect(functionsOf(4)).toContain(
      "; bind all 4 functions counted here that are not imported with delivery: 'stdout', or have",
    );
  });

  test.each([12_000, 19_999, 25_001])('who follows it is warned no more: %i tasks', (tasks) => {
    const [, seconds] = /batchTimeoutSeconds to ([\d.]+)/.exec(String(bindBoth(tasks, 500))) ?? [];
    const stack = newStack();
    const settings = { batchTimeoutSeconds: Number(seconds) };

    expect(bindBoth(tasks, 500, stack, loggingIn(stack, { settings }))).toEqual([]);
    expect(tasks / Number(seconds) + 500).toBeLessThanOrEqual(4_000);
  });

  test('has no batchTimeoutSeconds of more than a minute', () => {
    const stack = newStack();
    loggingIn(stack).bindTo(taskIn(stack, 240_001));
    const longest = newStack();
    loggingIn(longest).bindTo(taskIn(longest, 240_000));

    expect(putQuotaWarnings(stack)).toEqual([warning(120_001, 160_000, copies(task, 240_001))]);
    expect(putQuotaWarnings(longest)).toEqual([
      warning(120_000, 150_000, copies(task, 240_000), timeout(60)),
    ]);
  });
});

test('can be acknowledged, on the construct above too', () => {
  const stack = newStack();
  loggingIn(stack).bindTo(taskIn(stack, 20_000));

  Annotations.of(stack).acknowledgeWarning(ID);

  expect(putQuotaWarnings(stack)).toEqual([]);
});

test('a synthesis of the app again warns once', () => {
  const stack = newStack();
  const logging = loggingIn(stack);
  logging.bindTo(taskIn(stack, 20_000));
  const app = stack.node.root as App;

  app.synth();
  app.synth({ force: true });

  expect(putQuotaWarnings(stack)).toHaveLength(1);
  expect(logging.node.metadata.filter(({ data }) => String(data).includes(ID))).toHaveLength(1);
});
