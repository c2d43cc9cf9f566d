import { execFileSync } from 'node:child_process';
import { Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { TemplateResolver } from '../../../local/stack/template-resolver.js';
import { functionIn, resources } from '../stacks.js';

/** A function's code and runtime, as short as can be. */
export const code = {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
} as const;

/** A role with nothing but what is granted to it, and not the one that CDK would define. */
export function roleIn(scope: Construct, id = 'OwnRole'): iam.Role {
  return new iam.Role(scope, id, { assumedBy: new iam.AccountRootPrincipal() });
}

export function taskDefinitionIn(scope: Construct, id = 'Task'): ecs.FargateTaskDefinition {
  return new ecs.FargateTaskDefinition(scope, id);
}

/** A log driver that defines no resource. */
export const logDriver = new ecs.GenericLogDriver({ logDriver: 'json-file' });

export function containerIn(
  task: ecs.TaskDefinition,
  id = 'App',
  options: Partial<ecs.ContainerDefinitionOptions> = {},
): ecs.ContainerDefinition {
  return task.addContainer(id, {
    image: ecs.ContainerImage.fromRegistry('example.com/app'),
    logging: logDriver,
    ...options,
  });
}

/** One for each Region of a test. */
const amis = Object.fromEntries(
  ['eu-central-1', 'us-west-2', 'cn-north-1', 'cn-northwest-1', 'us-gov-west-1', 'us-gov-east-1'].map(
    (region) => [region, 'ami-0123456789abcdef0'],
  ),
);

export const machineImage = (system: 'linux' | 'windows'): ec2.IMachineImage =>
  system === 'linux' ? ec2.MachineImage.genericLinux(amis) : ec2.MachineImage.genericWindows(amis);

/** One for all machines of a stack. */
export function vpcOf(stack: Stack): ec2.IVpc {
  const vpc = stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined;
  const options = { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false };
  return vpc ?? new ec2.Vpc(stack, 'Vpc', options);
}

export function instanceIn(
  scope: Construct,
  system: 'linux' | 'windows' = 'linux',
  options: Partial<ec2.InstanceProps> = {},
): ec2.Instance {
  return new ec2.Instance(scope, 'Instance', {
    vpc: vpcOf(Stack.of(scope)),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    instanceType: new ec2.InstanceType('t4g.nano'),
    machineImage: machineImage(system),
    requireImdsv2: true,
    ...options,
  });
}

export function groupIn(scope: Construct): autoscaling.AutoScalingGroup {
  return new autoscaling.AutoScalingGroup(scope, 'Machines', {
    vpc: vpcOf(Stack.of(scope)),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    launchTemplate: launchTemplateIn(scope),
  });
}

export function launchTemplateIn(
  scope: Construct,
  options: Partial<ec2.LaunchTemplateProps> = {},
): ec2.LaunchTemplate {
  return new ec2.LaunchTemplate(scope, 'LaunchTemplate', {
    instanceType: new ec2.InstanceType('t4g.nano'),
    machineImage: machineImage('linux'),
    userData: ec2.UserData.forLinux(),
    role: roleIn(scope, 'MachineRole'),
    ...options,
  });
}

/** Something that has variables and a grant principal, and is none of CDK's constructs. */
export class Service extends Construct {
  readonly grantPrincipal: iam.IPrincipal;
  readonly found: Record<string, string> = {};

  constructor(scope: Construct) {
    super(scope, 'Service');
    this.grantPrincipal = roleIn(scope);
  }

  addEnvironment(name: string, value: string): void {
    this.found[name] = value;
  }
}

export { functionIn };

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

type Variables = Record<string, string>;

/** The variables of the only function in a template, as the deployment would have them. */
export function functionFinds(deployed: TemplateResolver): Variables {
  const [id] = deployed.idsOf('AWS::Lambda::Function');
  return (deployed.property(id!, 'Environment') as { Variables: Variables }).Variables;
}

/** The variables of the only container in a template. */
export function containerFinds(deployed: TemplateResolver): Variables {
  const [id] = deployed.idsOf('AWS::ECS::TaskDefinition');
  const [container] = deployed.property(id!, 'ContainerDefinitions') as any[];
  return ofPairs(container.Environment, 'Name', 'Value');
}

/** The variables that the user data of the only machine in a template sets, as a shell runs it. */
export function machineFinds(deployed: TemplateResolver): Variables {
  const commands = userDataIn(deployed).replaceAll('/etc/fapilog-cloudwatch.env', '/dev/null');
  const shown = execFileSync('bash', ['--norc', '-ec', `${commands}\nenv -0`], { env: {}, encoding: 'utf8' });
  const entries = shown
    .split('\0')
    .map((line) => [line.split('=')[0]!, line.replace(/^[^=]*=/, '')] as const);
  return Object.fromEntries(entries.filter(([name]) => name.startsWith('FAPILOG_')));
}

/** The same for PowerShell, of which the assignments are read. */
export function windowsMachineFinds(deployed: TemplateResolver): Variables {
  const assignments = userDataIn(deployed).matchAll(/^\$env:(\w+) = '((?:[^']|'')*)'/gm);
  return Object.fromEntries([...assignments].map(([, name, value]) => [name!, value!.replaceAll("''", "'")]));
}

function userDataIn(deployed: TemplateResolver): string {
  const [instance] = deployed.idsOf('AWS::EC2::Instance');
  const [template] = deployed.idsOf('AWS::EC2::LaunchTemplate');
  const given: any = instance
    ? deployed.given(instance, 'UserData')
    : (deployed.given(template!, 'LaunchTemplateData') as any).UserData;
  return String(deployed.value(given['Fn::Base64']));
}

/** Variables from a list of names and values. */
export function ofPairs(pairs: readonly any[], name: string, value: string): Variables {
  return Object.fromEntries(pairs.map((pair) => [pair[name], pair[value]]));
}
