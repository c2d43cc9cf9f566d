import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { account, flagSets, loggingIn, newStack, ourWarnings, region } from '../stacks.js';
import { code } from './targets.js';

type Use = (fn: lambda.Function, stack: Stack) => unknown;

const queueIn = (stack: Stack): sqs.Queue => new sqs.Queue(stack, 'Queue');

const inRoleOfFunction: readonly [string, Use][] = [
  ['a grant', (fn, stack) => queueIn(stack).grantSendMessages(fn)],
  ['an event source', (fn, stack) => fn.addEventSource(new SqsEventSource(queueIn(stack)))],
  ['a grant on itself', (fn) => fn.grantInvoke(fn)],
];

const elsewhere: readonly [string, Use][] = [
  ['nothing more', () => {}],
  ['a version', (fn) => fn.currentVersion],
  [
    'permission of others to invoke it',
    (fn) => fn.grantInvoke(new iam.ServicePrincipal('sqs.amazonaws.com')),
  ],
  [
    'a policy in its own stack',
    ({ role }, stack) => {
      const statements = [
        new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queueIn(stack).queueArn] }),
      ];
      return new iam.Policy(stack, 'Policy', { roles: [role!], statements });
    },
  ],
];

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(flagSets)('a bound function of another stack %s', (_, context) => {
  const synthesize = (whose: 'logging.role' | 'own role', use: Use): unknown[] => {
    const logs = newStack(context);
    const stack = new Stack(logs.node.root, 'App', { env: { account, region } });
    const logging = loggingIn(logs);
    const own = (): iam.Role =>
      new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const role = whose === 'own role' ? own() : logging.role;
    const fn = new lambda.Function(stack, 'Function', { ...code, role, logGroup: logging.logGroup });
    logging.bindTo(fn);
    use(fn, stack);
    return ourWarnings(stack);
  };

  test.each(inRoleOfFunction)('with the writer role is a cycle of stacks if it has %s', (__, use) => {
    expect(() => synthesize('logging.role', use)).toThrow(/would create a cyclic reference/);
  });

  test.each(elsewhere)('with the writer role is none if it has %s', (__, use) => {
    expect(synthesize('logging.role', use)).toEqual([]);
  });

  test.each([...inRoleOfFunction, ...elsewhere])('with a role of its own is none if it has %s', (__, use) => {
    expect(synthesize('own role', use)).toEqual([]);
  });

  test('is told to have a role of its own, where its role may write to every log group', () => {
    const logs = newStack(context);
    const stack = new Stack(logs.node.root, 'App', { env: { account, region } });
    loggingIn(logs).bindTo(new lambda.Function(stack, 'Function', code));

    expect(ourWarnings(stack)).toEqual([
      'its role has the managed policy AWSLambdaBasicExecutionRole and may write to every log group; define it with a ' +
        'role of its own, made in its own stack (with logging.role, any grant there would be a cycle of two stacks); ' +
        'a function with logGroup: logging.logGroup, too [ack: fapilog-cloudwatch:unboundedWriter]',
    ]);
  });
});
