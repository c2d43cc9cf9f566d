import { policiesOf } from '../../../local/policies/index.js';
import { account, allow, document, group, managedPolicy, policy, role, template } from './templates.js';

const write = allow('logs:PutLogEvents', { 'Fn::GetAtt': ['Group', 'Arn'] });
const written = document(allow('logs:PutLogEvents', `arn:aws:logs:us-east-1:${account}:log-group:/app:*`));
const roleArn = `arn:aws:iam::${account}:role/writer`;

/** What cannot be resolved, in resources that have nothing to do with the role. */
const unrelated = {
  Site: { Type: 'AWS::Amplify::App', Properties: { Name: { 'Fn::Base64': 'x' } } },
  OtherRole: role({ RoleName: { 'Fn::ImportValue': 'name' } }),
  OtherPolicy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      Roles: [{ Ref: 'OtherRole' }],
      PolicyDocument: document(allow('s3:*', { 'Fn::Base64': 'x' })),
    },
  },
};

const none = {
  roleArn,
  identityPolicies: [],
  permissionsBoundary: undefined,
  unreadManagedPolicies: [],
  unreadPermissionsBoundary: undefined,
};

describe('policies of a role', () => {
  it('are none, if nothing is attached', () => {
    expect(policiesOf(template({ ...unrelated, Role: role() }), 'Role')).toEqual(none);
  });

  it.each<[string, object, string]>([
    [
      'inline policies',
      { Role: role({ Policies: [{ PolicyName: 'In', PolicyDocument: document(write) }] }) },
      'Role/In',
    ],
    ['AWS::IAM::Policy', { Attached: policy(write) }, 'Attached'],
    [
      'AWS::IAM::Policy by name',
      {
        Attached: {
          Type: 'AWS::IAM::Policy',
          Properties: { Roles: ['writer'], PolicyDocument: document(write) },
        },
      },
      'Attached',
    ],
    [
      'AWS::IAM::RolePolicy',
      {
        Attached: {
          Type: 'AWS::IAM::RolePolicy',
          Properties: { RoleName: { Ref: 'Role' }, PolicyName: 'x', PolicyDocument: document(write) },
        },
      },
      'Attached',
    ],
    [
      'AWS::IAM::ManagedPolicy that names the role',
      { Attached: managedPolicy({ Roles: [{ Ref: 'Role' }], PolicyDocument: document(write) }) },
      'Attached',
    ],
    [
      'AWS::IAM::ManagedPolicy that the role names',
      {
        Role: role({ ManagedPolicyArns: [{ Ref: 'Attached' }] }),
        Attached: managedPolicy({ PolicyDocument: document(write) }),
      },
      'Attached',
    ],
    [
      'AWS::IAM::ManagedPolicy that both name',
      {
        Role: role({ ManagedPolicyArns: [{ Ref: 'Attached' }] }),
        Attached: managedPolicy({ Roles: ['writer'], PolicyDocument: document(write) }),
      },
      'Attached',
    ],
    [
      'AWS::IAM::ManagedPolicy by ARN',
      {
        Role: role({
          ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/p/own' }],
        }),
        Attached: managedPolicy({ ManagedPolicyName: 'own', Path: '/p/', PolicyDocument: document(write) }),
      },
      'Attached',
    ],
  ])('are %s', (_, resources, name) => {
    expect(policiesOf(template({ ...unrelated, ...resources }), 'Role')).toEqual({
      ...none,
      identityPolicies: [{ name, document: written }],
    });
  });

  it('include the permissions boundary', () => {
    const resources = {
      Role: role({ PermissionsBoundary: { Ref: 'Limit' } }),
      Limit: managedPolicy({ PolicyDocument: document(write) }),
    };
    expect(policiesOf(template(resources))).toEqual({
      ...none,
      permissionsBoundary: { name: 'Limit', document: written },
    });
  });

  it('name those whose statements are elsewhere', () => {
    const aws = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    const limit = `arn:aws:iam::${account}:policy/limit`;
    const Role = role({
      PermissionsBoundary: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/limit' },
      ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, aws.slice(7)]] }],
    });
    expect(policiesOf(template({ Role }))).toEqual({
      ...none,
      unreadManagedPolicies: [aws],
      unreadPermissionsBoundary: limit,
    });
    const managedPolicies = { [aws]: document(write), [limit]: document() };
    expect(policiesOf(template({ Role }), '', { managedPolicies })).toEqual({
      ...none,
      identityPolicies: [{ name: aws, document: document(write) }],
      permissionsBoundary: { name: limit, document: document() },
    });
  });

  it('are not those of another role, nor what a condition leaves out', () => {
    const resources = {
      Other: role({ RoleName: 'other' }),
      Theirs: {
        ...policy(write),
        Properties: { Roles: [{ Ref: 'Other' }], PolicyDocument: document(write) },
      },
      Never: { ...policy(write), Condition: 'Never' },
    };
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    expect(policiesOf({ Conditions, ...template(resources) }, 'Role')).toEqual(none);
  });

  it('are resolved with what the caller knows', () => {
    const statement = allow('logs:PutLogEvents', { 'Fn::ImportValue': 'streams' });
    const imports = { streams: `${group}:*` };
    expect(policiesOf(template({ Policy: policy(statement) }), 'Role', { imports }).identityPolicies).toEqual(
      [{ name: 'Policy', document: document(allow('logs:PutLogEvents', `${group}:*`)) }],
    );
    expect(() => policiesOf(template({ Policy: policy(statement) }), 'Role')).toThrow(
      'Fn::ImportValue is not supported: "streams", unless its value is given as imports: { "streams": … }',
    );
  });
});

describe('the role', () => {
  const resources = { Role: role(), RoleOfAnother: role({ RoleName: 'another' }) };

  it('is the only one, the one named, or the only one that starts so', () => {
    expect(policiesOf(template({})).roleArn).toBe(roleArn);
    expect(policiesOf(template(resources), 'Role').roleArn).toBe(roleArn);
    expect(policiesOf(template(resources), 'RoleOf').roleArn).toBe(`arn:aws:iam::${account}:role/another`);
  });

  it('is not guessed', () => {
    expect(() => policiesOf(template(resources))).toThrow(
      'Expected one AWS::IAM::Role, found Role, RoleOfAnother.',
    );
    expect(() => policiesOf(template(resources), 'Writer')).toThrow(
      'Expected one AWS::IAM::Role with a logical id that starts with "Writer", found none.',
    );
  });
});
