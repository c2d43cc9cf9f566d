import { CfnParameter, Stack, type App } from 'aws-cdk-lib';
import * as applicationautoscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { Capacity } from '../../../lib/review/capacity.js';
import { account, flagSets, functionIn, newStack, region } from '../stacks.js';
import {
  containerIn,
  instanceIn,
  launchTemplateIn,
  roleIn,
  taskDefinitionIn,
  vpcOf,
} from '../bind/targets.js';

/** Defines a program and what runs it, and returns the program. */
type Define = (stack: Stack) => IConstruct;

/** Counts where the construct is reviewed: in a synthesis, once the tree is finished. */
function countedIn(stack: Stack, program: IConstruct): number {
  const app = stack.node.root as App;
  let copies = -1;
  app.node.addValidation({
    validate: () => {
      copies = new Capacity(app.node.findAll(), () => true).of(program);
      return [];
    },
  });
  app.synth();
  return copies;
}

function otherStack(stack: Stack): Stack {
  return new Stack(stack.node.root, 'Other', { env: { account, region } });
}

function parameterIn(stack: Stack): CfnParameter {
  return new CfnParameter(stack, 'Count', { type: 'Number', default: 9_000 });
}

function taskIn(stack: Stack): ecs.FargateTaskDefinition {
  const task = taskDefinitionIn(stack);
  containerIn(task);
  return task;
}

function clusterIn(stack: Stack): ecs.Cluster {
  const cluster = stack.node.tryFindChild('Cluster') as ecs.Cluster | undefined;
  return cluster ?? new ecs.Cluster(stack, 'Cluster', { vpc: vpcOf(stack) });
}

function machineTaskIn(stack: Stack): ecs.Ec2TaskDefinition {
  const task = new ecs.Ec2TaskDefinition(stack, 'Task');
  containerIn(task, 'App', { memoryLimitMiB: 64 });
  return task;
}

function machineClusterIn(stack: Stack): ecs.ICluster {
  const attributes = { clusterName: 'theirs', vpc: vpcOf(stack), hasEc2Capacity: true };
  return ecs.Cluster.fromClusterAttributes(stack, 'Cluster', attributes);
}

function serviceIn(
  stack: Stack,
  taskDefinition: ecs.FargateTaskDefinition,
  props: Partial<ecs.FargateServiceProps> = {},
): ecs.FargateService {
  const id = `Service${stack.node.children.length}`;
  return new ecs.FargateService(stack, id, { cluster: clusterIn(stack), taskDefinition, ...props });
}

/** A service and its task definition, which is returned. */
function serviced(
  desiredCount: number,
  more: (service: ecs.FargateService, stack: Stack) => unknown = () => {},
): Define {
  return (stack) => {
    const task = taskIn(stack);
    more(serviceIn(stack, task, { desiredCount }), stack);
    return task;
  };
}

function groupIn(
  stack: Stack,
  props: Partial<autoscaling.AutoScalingGroupProps>,
): autoscaling.AutoScalingGroup {
  const vpcSubnets = { subnetType: ec2.SubnetType.PUBLIC };
  return new autoscaling.AutoScalingGroup(stack, `Group${stack.node.children.length}`, {
    vpc: vpcOf(stack),
    vpcSubnets,
    ...props,
  });
}

function aliasIn(
  stack: Stack,
  version: lambda.IVersion,
  props: Partial<lambda.AliasProps> = {},
): lambda.Alias {
  return new lambda.Alias(stack, `Alias${stack.node.children.length}`, {
    aliasName: `alias${stack.node.children.length}`,
    version,
    ...props,
  });
}

function importedIn(stack: Stack): lambda.IFunction {
  const attributes = {
    functionArn: `arn:aws:lambda:${region}:${account}:function:theirs`,
    role: roleIn(stack),
    sameEnvironment: true,
  };
  return lambda.Function.fromFunctionAttributes(stack, 'Imported', attributes);
}

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(flagSets)('%s', (_, context) => {
  const counted = (define: Define): number => {
    const stack = newStack(context);
    return countedIn(stack, define(stack));
  };

  test.each<[string, number, Define]>([
    ['no service', 0, taskIn],
    ['a service', 300, serviced(300)],
    [
      'two services',
      500,
      serviced(300, ({ taskDefinition }, stack) =>
        serviceIn(stack, taskDefinition as ecs.FargateTaskDefinition, { desiredCount: 200 }),
      ),
    ],
    [
      'a service of another task definition',
      0,
      (stack) => [serviced(300)(stack), taskDefinitionIn(stack, 'B')][1]!,
    ],
    [
      'a service of another stack',
      300,
      (stack) => {
        const task = taskIn(stack);
        serviceIn(otherStack(stack), task, { desiredCount: 300 });
        return task;
      },
    ],
    [
      'a service that always takes the newest revision',
      300,
      (stack) => {
        const task = taskIn(stack);
        const taskDefinitionRevision = ecs.TaskDefinitionRevision.LATEST;
        serviceIn(stack, task, { desiredCount: 300, taskDefinitionRevision });
        return task;
      },
    ],
    [
      'a service that scales',
      900,
      serviced(300, (service) => service.autoScaleTaskCount({ maxCapacity: 900 })),
    ],
    [
      'a service that starts with more than it scales to',
      300,
      serviced(300, (service) => service.autoScaleTaskCount({ maxCapacity: 90 })),
    ],
    [
      'a service that a resource scales',
      900,
      serviced(
        300,
        ({ cluster, serviceName }, stack) =>
          new applicationautoscaling.ScalableTarget(stack, 'Target', {
            serviceNamespace: applicationautoscaling.ServiceNamespace.ECS,
            scalableDimension: 'ecs:service:DesiredCount',
            resourceId: `service/${cluster.clusterName}/${serviceName}`,
            minCapacity: 1,
            maxCapacity: 900,
          }),
      ),
    ],
    [
      'a service of CloudFormation’s class',
      300,
      (stack) => {
        const task = taskIn(stack);
        new ecs.CfnService(stack, 'Service', { taskDefinition: task.taskDefinitionArn, desiredCount: 300 });
        return task;
      },
    ],
    [
      'a service of EC2 machines',
      300,
      (stack) => {
        const taskDefinition = machineTaskIn(stack);
        new ecs.Ec2Service(stack, 'Service', {
          cluster: machineClusterIn(stack),
          taskDefinition,
          desiredCount: 300,
        });
        return taskDefinition;
      },
    ],
    [
      'a service with a task on each machine',
      0,
      (stack) => {
        const taskDefinition = machineTaskIn(stack);
        new ecs.Ec2Service(stack, 'Service', {
          cluster: machineClusterIn(stack),
          taskDefinition,
          daemon: true,
        });
        return taskDefinition;
      },
    ],
    [
      'a service with a parameter',
      0,
      (stack) => {
        const task = taskIn(stack);
        serviceIn(stack, task, { desiredCount: parameterIn(stack).valueAsNumber });
        return task;
      },
    ],
    [
      'a service that scales to a parameter',
      300,
      serviced(300, (service, stack) =>
        service.autoScaleTaskCount({ maxCapacity: parameterIn(stack).valueAsNumber }),
      ),
    ],
  ])('tasks of %s: %i', (__, expected, define) => {
    expect(counted(define)).toBe(expected);
  });

  test.each<[string, number, Define]>([
    ['a launch template', 0, launchTemplateIn],
    ['an instance', 0, (stack) => instanceIn(stack)],
    [
      'a group',
      300,
      (stack) => groupIn(stack, { launchTemplate: launchTemplateIn(stack), maxCapacity: 300 }),
    ],
    [
      'a group with machines of its own',
      300,
      (stack) =>
        groupIn(stack, {
          instanceType: new ec2.InstanceType('t4g.nano'),
          machineImage: ec2.MachineImage.genericLinux({ [region]: 'ami-0123456789abcdef0' }),
          maxCapacity: 300,
        }),
    ],
    [
      'the launch template of two groups',
      500,
      (stack) => {
        const launchTemplate = launchTemplateIn(stack);
        groupIn(stack, { launchTemplate, maxCapacity: 300 });
        groupIn(stack, { mixedInstancesPolicy: { launchTemplate }, maxCapacity: 200 });
        return launchTemplate;
      },
    ],
    [
      'the launch template of a group in another stack',
      300,
      (stack) => {
        const launchTemplate = launchTemplateIn(stack);
        groupIn(otherStack(stack), { launchTemplate, maxCapacity: 300 });
        return launchTemplate;
      },
    ],
    [
      'a group with a parameter',
      20,
      (stack) => {
        const launchTemplate = launchTemplateIn(stack);
        const group = groupIn(stack, { launchTemplate, maxCapacity: 20, desiredCapacity: 20 });
        (group.node.defaultChild as autoscaling.CfnAutoScalingGroup).maxSize =
          parameterIn(stack).valueAsString;
        return group;
      },
    ],
  ])('machines of %s: %i', (__, expected, define) => {
    expect(counted(define)).toBe(expected);
  });

  test.each<[string, number, Define]>([
    ['nothing reserved', 0, (stack) => functionIn(stack)],
    ['reserved concurrency', 300, (stack) => functionIn(stack, { reservedConcurrentExecutions: 300 })],
    [
      'a parameter for it',
      0,
      (stack) => functionIn(stack, { reservedConcurrentExecutions: parameterIn(stack).valueAsNumber }),
    ],
    [
      'provisioned concurrency of its version',
      300,
      (stack) => {
        const fn = functionIn(stack, { currentVersionOptions: { provisionedConcurrentExecutions: 300 } });
        return [fn, fn.currentVersion][0]!;
      },
    ],
    [
      'provisioned concurrency of two aliases',
      500,
      (stack) => {
        const fn = functionIn(stack);
        aliasIn(stack, fn.currentVersion, { provisionedConcurrentExecutions: 300 });
        aliasIn(stack, fn.currentVersion, { provisionedConcurrentExecutions: 200 });
        return fn;
      },
    ],
    [
      'less provisioned than reserved',
      300,
      (stack) => {
        const fn = functionIn(stack, { reservedConcurrentExecutions: 300 });
        aliasIn(stack, fn.currentVersion, { provisionedConcurrentExecutions: 200 });
        return fn;
      },
    ],
    [
      'an alias that scales',
      900,
      (stack) => {
        const fn = functionIn(stack);
        const alias = aliasIn(stack, fn.currentVersion, { provisionedConcurrentExecutions: 300 });
        alias.addAutoScaling({ maxCapacity: 900 });
        return fn;
      },
    ],
    [
      'an alias in another stack',
      300,
      (stack) => {
        const fn = functionIn(stack);
        aliasIn(otherStack(stack), fn.currentVersion, { provisionedConcurrentExecutions: 300 });
        return fn;
      },
    ],
    [
      'an alias of CloudFormation’s class',
      300,
      (stack) => {
        const fn = functionIn(stack);
        new lambda.CfnAlias(stack, 'Alias', {
          functionName: fn.functionName,
          functionVersion: '7',
          name: 'live',
          provisionedConcurrencyConfig: { provisionedConcurrentExecutions: 300 },
        });
        return fn;
      },
    ],
    ['no alias, and an owner elsewhere', 0, importedIn],
    [
      'an alias, and an owner elsewhere',
      300,
      (stack) => {
        const fn = importedIn(stack);
        const version = lambda.Version.fromVersionAttributes(stack, 'Version', { lambda: fn, version: '7' });
        aliasIn(stack, version, { provisionedConcurrentExecutions: 300 });
        return fn;
      },
    ],
  ])('environments of a function with %s: %i', (__, expected, define) => {
    expect(counted(define)).toBe(expected);
  });
});

test('looks at no resource that is not to be looked at', () => {
  const stack = newStack();
  const task = taskIn(stack);
  serviceIn(stack, task, { desiredCount: 300 });
  const isElsewhere = ({ node }: IConstruct): boolean => node.path.startsWith('Elsewhere');

  expect(new Capacity(stack.node.findAll(), isElsewhere).of(task)).toBe(0);
});
