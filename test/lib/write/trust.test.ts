import { CfnParameter, type Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PolicyKind, Trust } from '../../../lib/index.js';
import {
  account,
  flagSets,
  functionIn,
  loggingIn,
  newStack,
  policyDocuments,
  resources,
  writerPolicy,
} from '../stacks.js';

/** The statements of the writer role's trust policy. */
function trusted(stack: Stack): any[] {
  const [role] = resources(stack, 'AWS::IAM::Role');
  return role!['Properties'].AssumeRolePolicyDocument.Statement;
}

function allow(Action: string | string[], Principal: object, Condition?: object): object {
  return { Effect: 'Allow', Action, Principal, ...(Condition ? { Condition } : {}) };
}

const issuer = 'oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE';
const providerArn = `arn:aws:iam::${account}:oidc-provider/${issuer}`;
const trustAnchorArn = `arn:aws:rolesanywhere:eu-central-1:${account}:trust-anchor/0`;

describe.each(flagSets)('trust %s', (_, context) => {
  test.each<[string, (stack: Stack) => iam.IPrincipal, ...object[]]>([
    ['lambda', () => Trust.lambda(), allow('sts:AssumeRole', { Service: 'lambda.amazonaws.com' })],
    [
      'ecsTasks',
      () => Trust.ecsTasks(),
      allow(
        'sts:AssumeRole',
        { Service: 'ecs-tasks.amazonaws.com' },
        { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      ),
    ],
    ['ec2', () => Trust.ec2(), allow('sts:AssumeRole', { Service: 'ec2.amazonaws.com' })],
    [
      'podIdentity',
      () => Trust.podIdentity(),
      allow(['sts:AssumeRole', 'sts:TagSession'], { Service: 'pods.eks.amazonaws.com' }),
    ],
    [
      'irsa',
      (stack) =>
        Trust.irsa({
          provider: iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Provider', providerArn),
          namespace: 'production',
          serviceAccount: 'api',
        }),
      allow(
        'sts:AssumeRoleWithWebIdentity',
        { Federated: providerArn },
        {
          StringEquals: {
            [`${issuer}:aud`]: 'sts.amazonaws.com',
            [`${issuer}:sub`]: 'system:serviceaccount:production:api',
          },
        },
      ),
    ],
    [
      'rolesAnywhere',
      () => Trust.rolesAnywhere({ trustAnchorArn }),
      allow(
        ['sts:AssumeRole', 'sts:TagSession'],
        { Service: 'rolesanywhere.amazonaws.com' },
        { ArnEquals: { 'aws:SourceArn': trustAnchorArn } },
      ),
      allow(
        'sts:SetSourceIdentity',
        { Service: 'rolesanywhere.amazonaws.com' },
        { ArnEquals: { 'aws:SourceArn': trustAnchorArn } },
      ),
    ],
    ['codeBuild', () => Trust.codeBuild(), allow('sts:AssumeRole', { Service: 'codebuild.amazonaws.com' })],
    [
      'appRunner',
      () => Trust.appRunner(),
      allow('sts:AssumeRole', { Service: 'tasks.apprunner.amazonaws.com' }),
    ],
    [
      'account',
      () => Trust.account('210987654321'),
      allow('sts:AssumeRole', {
        AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::210987654321:root']] },
      }),
    ],
  ])('%s', (__, principal, ...statements) => {
    const stack = newStack(context, {});

    loggingIn(stack, { assumedBy: principal(stack) });

    expect(trusted(stack)).toEqual(statements);
  });

  test('irsa of a cluster whose issuer only the deployment knows has a key that it fills in', () => {
    const stack = newStack(context);
    const arn = new CfnParameter(stack, 'ProviderArn').valueAsString;
    const provider = iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Provider', arn);
    const of = (serviceAccount: string): iam.IPrincipal =>
      Trust.irsa({ provider, namespace: 'production', serviceAccount });
    of('api');

    loggingIn(stack, { assumedBy: of('api') });

    const [json, ...others] = resources(stack, 'Custom::AWSCDKCfnJson');
    expect(others).toEqual([]);
    expect(JSON.stringify(json!['Properties'].Value)).toContain('system:serviceaccount:production:api');
    const role = resources(stack, 'AWS::IAM::Role').find(({ Properties }) =>
      JSON.stringify(Properties.AssumeRolePolicyDocument).includes('WebIdentity'),
    );
    expect(role!['Properties'].AssumeRolePolicyDocument.Statement[0].Condition).toEqual({
      StringEquals: { 'Fn::GetAtt': [expect.stringMatching(/^ProviderIrsaproductionapi/), 'Value'] },
    });
  });
});

describe.each(flagSets)('writer role %s', (_, context) => {
  test('is bounded, named and asks for the external id', () => {
    const stack = newStack(context);
    const permissionsBoundary = iam.ManagedPolicy.fromAwsManagedPolicyName('CloudWatchLogsFullAccess');

    loggingIn(stack, {
      assumedBy: Trust.account('210987654321'),
      externalId: 'orders-production',
      roleName: 'orders-log-writer',
      permissionsBoundary,
    });

    const [role] = resources(stack, 'AWS::IAM::Role');
    expect(role!['Properties']).toMatchObject({
      RoleName: 'orders-log-writer',
      PermissionsBoundary: stack.resolve(permissionsBoundary.managedPolicyArn),
    });
    expect(trusted(stack)[0].Condition).toEqual({ StringEquals: { 'sts:ExternalId': 'orders-production' } });
  });

  test('may be one that is there', () => {
    const stack = newStack(context);
    const role = new iam.Role(stack, 'Mine', { assumedBy: Trust.ec2() });

    const logging = loggingIn(stack, { role });

    expect(logging.role).toBe(role);
    expect(resources(stack, 'AWS::IAM::Role')).toHaveLength(1);
    expect(policyDocuments(stack)).toEqual([writerPolicy(logging)]);
  });

  test('has a managed policy when asked to, as every other writer', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { policyKind: PolicyKind.MANAGED });
    const fn = functionIn(stack);
    const imported = iam.Role.fromRoleName(stack, 'Imported', 'imported');

    logging.bindTo(fn);
    logging.grantWrite(imported);
    logging.grantWrite(imported);

    expect(policyDocuments(stack)).toEqual([]);
    const policies = resources(stack, 'AWS::IAM::ManagedPolicy').map(({ Properties }) => Properties);
    expect(policies.map(({ PolicyDocument }) => PolicyDocument)).toEqual([
      writerPolicy(logging),
      writerPolicy(logging),
      writerPolicy(logging),
    ]);
    expect(policies.map(({ Roles }) => Roles)).toEqual(
      expect.arrayContaining([
        [stack.resolve(logging.role.roleName)],
        [stack.resolve(fn.role!.roleName)],
        ['imported'],
      ]),
    );
  });

  test('with a managed policy lets a function wait for it', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { policyKind: PolicyKind.MANAGED });

    logging.bindTo(functionIn(stack, logging));

    const [fn] = resources(stack, 'AWS::Lambda::Function');
    expect(fn!['DependsOn']).toEqual(expect.arrayContaining([expect.stringContaining('WriterPolicy')]));
  });

  test('of a user has no managed policy', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { policyKind: PolicyKind.MANAGED });

    expect(() => logging.grantWrite(new iam.User(stack, 'User'))).toThrow(
      'which is no role, to which a managed policy could be attached',
    );
  });

  test.each<[string, object, string]>([
    [
      'an external id that a service cannot show',
      { externalId: 'orders' },
      'props.externalId is <text of 6 characters>; allowed: only with assumedBy: Trust.account(…) or an ARN; ' +
        'a service has no external id to show',
    ],
    [
      'an external id with other characters',
      { assumedBy: Trust.account(account), externalId: 'a b' },
      'externalId is <text of 3 characters>; allowed: ',
    ],
    [
      'a kind of policy that there is not',
      { policyKind: 'other' },
      'policyKind is "other"; allowed: inline or managed',
    ],
  ])('refuses %s', (__, props, problem) => {
    expect(() => loggingIn(newStack(context), props)).toThrow(problem);
  });

  test('that is there is not defined anew', () => {
    const stack = newStack(context);
    const role = new iam.Role(stack, 'Mine', { assumedBy: Trust.ec2() });

    expect(() => loggingIn(stack, { role, roleName: 'other', assumedBy: Trust.ec2() })).toThrow(
      'invalid settings:\n' +
        '  - Stack/Logging: props.assumedBy is "assumedBy"; allowed: nothing beside role, which is defined elsewhere\n' +
        '  - Stack/Logging: props.roleName is "other"; allowed: nothing beside role, which is defined elsewhere',
    );
  });
});

describe.each(flagSets)('grantRead %s', (_, context) => {
  test('allows to read, search and follow this log group, and nothing else', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
    const reader = new iam.User(stack, 'Reader');

    logging.grantRead(reader);

    const [, document] = policyDocuments(stack);
    const { Statement } = document;
    expect(Statement.map(({ Action }: any) => Action)).toEqual([
      [
        'logs:DescribeLogStreams',
        'logs:FilterLogEvents',
        'logs:GetLogEvents',
        'logs:GetLogGroupFields',
        'logs:StartLiveTail',
        'logs:StartQuery',
      ],
      ['logs:GetQueryResults', 'logs:StopQuery'],
    ]);
    const arn = (ending: string): unknown =>
      stack.resolve(
        `arn:${stack.partition}:logs:${stack.region}:${account}:log-group:${logging.logGroup.logGroupName}${ending}`,
      );
    const [[...groups], queries] = Statement.map(({ Resource }: any) => Resource);
    expect(groups).toHaveLength(2);
    expect(groups).toEqual(expect.arrayContaining([arn(''), arn(':*')]));
    expect(queries).toBe('*');
  });
});
