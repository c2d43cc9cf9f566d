import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CloudWatchLogging } from '../../../lib/index.js';
import { account, flagSets, functionIn, loggingIn, newStack, ourWarnings, region } from '../stacks.js';
import { code } from '../bind/targets.js';

const MISSING =
  'it is in a VPC, and nothing shows that its role has the permissions with which Lambda attaches it; add the managed ' +
  'policy service-role/AWSLambdaENIManagementAccess to the role, or allow ec2:CreateNetworkInterface, ' +
  'ec2:DescribeNetworkInterfaces, ec2:DeleteNetworkInterface on * [ack: fapilog-cloudwatch:networkInterface]';

const all = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'];

function vpcOf(stack: Stack): ec2.IVpc {
  const options = { maxAzs: 1, natGateways: 0, restrictDefaultSecurityGroup: false };
  return new ec2.Vpc(stack, 'Vpc', options);
}

function bindInVpc(stack: Stack, logging: CloudWatchLogging, role: iam.IRole): void {
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  logging.bindTo(functionIn(stack, { role, vpc: vpcOf(stack), vpcSubnets }));
}

const statement = (actions: string[], more: Partial<iam.PolicyStatementProps> = {}): iam.PolicyStatement =>
  new iam.PolicyStatement({ actions, resources: ['*'], ...more });

const document = (actions: string[]): iam.PolicyDocument =>
  new iam.PolicyDocument({ statements: [statement(actions)] });

const awsPolicy = (name: string): iam.IManagedPolicy => iam.ManagedPolicy.fromAwsManagedPolicyName(name);

type Give = (role: iam.Role, stack: Stack) => unknown;

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(flagSets)('a function in a VPC %s', (_, context) => {
  test.each<[string, string[], Give]>([
    ['nothing', [MISSING], () => {}],
    ['two of the actions', [MISSING], (role) => role.addToPolicy(statement(all.slice(1)))],
    ['a denial', [MISSING], (role) => role.addToPolicy(statement(all, { effect: iam.Effect.DENY }))],
    [
      'another managed policy',
      [MISSING],
      (role) => role.addManagedPolicy(awsPolicy('AmazonS3ReadOnlyAccess')),
    ],
    [
      'actions for another role',
      [MISSING],
      (_role, stack) => {
        const other = new iam.Role(stack, 'Other', { assumedBy: new iam.AccountRootPrincipal() });
        other.addToPolicy(statement(all));
      },
    ],
    ['the actions', [], (role) => role.addToPolicy(statement(all))],
    [
      'the actions in several statements',
      [],
      (role) => all.forEach((each) => role.addToPolicy(statement([each]))),
    ],
    ['ec2:*NetworkInterface*', [], (role) => role.addToPolicy(statement(['ec2:*NetworkInterface*']))],
    ['EC2:*', [], (role) => role.addToPolicy(statement(['EC2:*']))],
    [
      'all but IAM',
      [],
      (role) => role.addToPolicy(new iam.PolicyStatement({ notActions: ['iam:*'], resources: ['*'] })),
    ],
    [
      'a policy in the tree',
      [],
      (role, stack) => new iam.Policy(stack, 'P', { roles: [role], document: document(all) }),
    ],
    [
      'a managed policy in the tree',
      [],
      (role, stack) => role.addManagedPolicy(new iam.ManagedPolicy(stack, 'P', { document: document(all) })),
    ],
    [
      'a managed policy in the tree without them',
      [MISSING],
      (role, stack) =>
        role.addManagedPolicy(new iam.ManagedPolicy(stack, 'P', { document: document(['s3:*']) })),
    ],
    [
      'the managed policy that is named',
      [],
      (role) => role.addManagedPolicy(awsPolicy('service-role/AWSLambdaENIManagementAccess')),
    ],
    ['AmazonEC2FullAccess', [], (role) => role.addManagedPolicy(awsPolicy('AmazonEC2FullAccess'))],
    [
      'a managed policy that is defined elsewhere',
      [],
      (role, stack) => role.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyName(stack, 'P', 'theirs')),
    ],
  ])('with a role that has %s', (__, expected, give) => {
    const stack = newStack(context);
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    give(role, stack);

    bindInVpc(stack, loggingIn(stack), role);

    const found = ourWarnings(stack).filter((each) => !String(each).includes('unboundedWriter'));
    expect(found).toEqual(expected);
  });

  test('with the writer role has the warning, until the role is allowed to', () => {
    const [refused, allowed] = [newStack(context), newStack(context)];
    const logging = loggingIn(refused);
    bindInVpc(refused, logging, logging.role);
    const { role } = loggingIn(allowed);
    role.addManagedPolicy(awsPolicy('service-role/AWSLambdaENIManagementAccess'));
    bindInVpc(allowed, allowed.node.findChild('Logging') as CloudWatchLogging, role);

    expect([ourWarnings(refused), ourWarnings(allowed)]).toEqual([[MISSING], []]);
  });

  test('with a policy beside it, for a role of another stack, has none', () => {
    const logs = newStack(context);
    const stack = new Stack(logs.node.root, 'App', { env: { account, region } });
    const { role } = loggingIn(logs);
    new iam.Policy(stack, 'Policy', { roles: [role], document: document(all) });

    bindInVpc(stack, logs.node.findChild('Logging') as CloudWatchLogging, role);

    expect(ourWarnings(stack)).toEqual([]);
  });

  test('with inline policies of its role has none', () => {
    const stack = newStack(context);
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { network: document(all) },
    });

    bindInVpc(stack, loggingIn(stack), role);

    expect(ourWarnings(stack)).toEqual([]);
  });

  test('with an imported role has none, as nothing can be seen', () => {
    const stack = newStack(context);

    bindInVpc(
      stack,
      loggingIn(stack),
      iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${account}:role/theirs`),
    );

    expect(ourWarnings(stack)).toEqual([]);
  });

  test('with the role that CDK defines is warned of that role’s policy only', () => {
    const stack = newStack(context);
    const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    const fn = new lambda.Function(stack, 'Fn', { ...code, vpc: vpcOf(stack), vpcSubnets });

    loggingIn(stack).bindTo(fn);

    expect(ourWarnings(stack)).toEqual([expect.stringMatching(/unboundedWriter\]$/)]);
  });

  test('by another class of function is seen as well', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    const { role } = logging;
    const props = { ...code, role, uuid: 'one', vpc: vpcOf(stack), vpcSubnets };

    logging.bindTo(new lambda.SingletonFunction(stack, 'Single', props));

    expect(ourWarnings(stack)).toEqual([MISSING]);
  });
});

test('a function outside a VPC needs none of it', () => {
  const stack = newStack();
  const logging = loggingIn(stack);
  logging.bindTo(functionIn(stack, { role: logging.role }));

  expect(ourWarnings(stack)).toEqual([]);
});
