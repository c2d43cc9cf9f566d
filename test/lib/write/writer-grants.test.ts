import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PolicyKind } from '../../../lib/index.js';
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

/** No account id, so that it is nobody's. */
const foreignArn = 'arn:aws:iam::another-account:role/app';

function executor(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Grantee', { assumedBy: new iam.AccountRootPrincipal() });
}

const HINT =
  'grant to a role of this account, or pass the principal as assumedBy and let it assume the writer role';

describe.each(flagSets)('grantWrite %s', (_, context) => {
  test.each<[string, (stack: Stack) => iam.IGrantable]>([
    ['role', executor],
    ['user', (stack) => new iam.User(stack, 'Grantee')],
    ['group', (stack) => new iam.Group(stack, 'Grantee')],
    ['imported role', (stack) => iam.Role.fromRoleName(stack, 'Grantee', 'imported')],
  ])('adds one statement to the policy of a %s, however often it is called', (__, define) => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const grantee = define(stack);

    const first = logging.grantWrite(grantee);
    const second = logging.grantWrite(grantee);

    expect(second).toBe(first);
    expect(first.success).toBe(true);
    expect(policyDocuments(stack)).toEqual([writerPolicy(logging), writerPolicy(logging)]);
  });

  test.each<[string, (stack: Stack) => iam.IGrantable, string]>([
    [
      'a service principal, for which CDK would define a resource policy',
      () => new iam.ServicePrincipal('es.amazonaws.com'),
      '{"Service":["es.amazonaws.com"]}, which has no identity policy',
    ],
    [
      'an account',
      () => new iam.ArnPrincipal(`arn:aws:iam::${account}:root`),
      `{"AWS":["arn:aws:iam::${account}:root"]}, which has no identity policy`,
    ],
    [
      'a role of another account, for which CDK would report success',
      (stack) => iam.Role.fromRoleArn(stack, 'App', foreignArn),
      `{"AWS":["${foreignArn}"]}, which is in another account`,
    ],
  ])('refuses %s', (__, define, reason) => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const grantee = define(stack);

    expect(() => logging.grantWrite(grantee)).toThrow(
      new Error(`Stack/Logging/LogGroup: cannot grant write access to ${reason}; ${HINT}`),
    );

    expect(policyDocuments(stack)).toEqual([writerPolicy(logging)]);
    expect(resources(stack, 'AWS::Logs::ResourcePolicy')).toEqual([]);
  });

  test.each<[string, (stack: Stack) => iam.IRole]>([
    ['imported', (stack) => iam.Role.fromRoleName(stack, 'Grantee', 'theirs', { mutable: false })],
    ['of the app', (stack) => executor(stack).withoutPolicyUpdates()],
  ])('leaves a role %s that takes no policies as it is, also without a managed one', (__, define) => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { policyKind: PolicyKind.MANAGED });

    const grant = logging.grantWrite(define(stack));

    expect(grant.success).toBe(true);
    expect(policyDocuments(stack)).toEqual([]);
    expect(resources(stack, 'AWS::IAM::ManagedPolicy').map(({ Properties }) => Properties.Roles)).toEqual([
      [stack.resolve(logging.role.roleName)],
    ]);
  });

  test('is asked before a function gets variables', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const fn = functionIn(stack, { role: iam.Role.fromRoleArn(stack, 'App', foreignArn) });
    const addEnvironment = jest.spyOn(fn, 'addEnvironment');

    expect(() => logging.bindTo(fn)).toThrow('which is in another account');

    expect(addEnvironment).not.toHaveBeenCalled();
  });
});
