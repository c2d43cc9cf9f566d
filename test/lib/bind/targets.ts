import { Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { functionIn, resources } from '../stacks.js';

/** A function's code and runtime, as short as can be. */
export const code = {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
} as const;

/** A role with nothing but what is granted to it, and not the one that CDK would define. */
export function roleIn(stack: Stack, id = 'OwnRole'): iam.Role {
  return new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal() });
}

export function taskDefinitionIn(stack: Stack, id = 'Task'): ecs.FargateTaskDefinition {
  return new ecs.FargateTaskDefinition(stack, id);
}

export function containerIn(
  task: ecs.TaskDefinition,
  id = 'App',
  options: Partial<ecs.ContainerDefinitionOptions> = {},
): ecs.ContainerDefinition {
  return task.addContainer(id, { image: ecs.ContainerImage.fromRegistry('example.com/app'), ...options });
}

const machineImage = (system: 'linux' | 'windows'): ec2.IMachineImage =>
  system === 'linux'
    ? ec2.MachineImage.genericLinux({ 'eu-central-1': 'ami-0123456789abcdef0' })
    : ec2.MachineImage.genericWindows({ 'eu-central-1': 'ami-0123456789abcdef0' });

export function instanceIn(stack: Stack, system: 'linux' | 'windows' = 'linux'): ec2.Instance {
  return new ec2.Instance(stack, 'Instance', {
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false }),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    instanceType: new ec2.InstanceType('t4g.nano'),
    machineImage: machineImage(system),
    requireImdsv2: true,
  });
}

export function groupIn(stack: Stack): autoscaling.AutoScalingGroup {
  return new autoscaling.AutoScalingGroup(stack, 'Machines', {
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false }),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    launchTemplate: launchTemplateIn(stack),
  });
}

export function launchTemplateIn(stack: Stack): ec2.LaunchTemplate {
  return new ec2.LaunchTemplate(stack, 'LaunchTemplate', {
    instanceType: new ec2.InstanceType('t4g.nano'),
    machineImage: machineImage('linux'),
    userData: ec2.UserData.forLinux(),
    role: roleIn(stack, 'MachineRole'),
  });
}

export { functionIn };

/** What each bound container has beside what is said of it. */
export const containerPreset = { FAPILOG_CLOUDWATCH__INSTALL_SIGNAL_HANDLERS: 'true' };

/** The variables of each container in the template, by the container's name. */
export function containerVariables(stack: Stack): Record<string, Record<string, unknown>> {
  const [task] = resources(stack, 'AWS::ECS::TaskDefinition');
  const containers: any[] = task!['Properties'].ContainerDefinitions;
  return Object.fromEntries(
    containers.map(({ Name, Environment = [] }) => [
      Name,
      Object.fromEntries(Environment.map((pair: any) => [pair.Name, pair.Value])),
    ]),
  );
}

/** The commands of a machine's user data, references by their logical ids. */
export function userDataOf(resource: Record<string, any>): string {
  const base64 = resource['Properties'].UserData ?? resource['Properties'].LaunchTemplateData.UserData;
  const text = base64['Fn::Base64'];
  const parts: unknown[] = typeof text === 'string' ? [text] : text['Fn::Join'][1];
  return parts.map((part: any) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
}
