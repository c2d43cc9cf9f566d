import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib';
import { account, allWarnings, flagSets, functionIn, loggingIn, newStack } from '../stacks.js';

const NO_LOG_GROUP =
  'its role may not write to the log group that Lambda chooses (/aws/lambda/…), so that the lines of the platform, and ' +
  'those that the sink diverts to stderr, are lost; define it with logGroup: logging.logGroup ' +
  '[ack: fapilog-cloudwatch:noLogGroup]';

const PUT = 'logs:PutLogEvents';
const ARN = 'arn:aws:logs:eu-central-1:123456789012';

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

function roleWith(stack: Stack, ...resources: string[]): iam.Role {
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  if (resources.length > 0)
    role.addToPolicy(new iam.PolicyStatement({ actions: [PUT, 'logs:CreateLogStream'], resources }));
  return role;
}

function found(stack: Stack): unknown[] {
  return allWarnings(stack).filter((warning) => String(warning).includes('noLogGroup'));
}

describe.each(flagSets)('a function without a log group %s', (_, context) => {
  test('has the warning with the writer role', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);

    logging.bindTo(functionIn(stack, { role: logging.role }));

    expect(found(stack)).toEqual([NO_LOG_GROUP]);
  });

  test.each<[string, string[]]>([
    ['nothing', []],
    ['another log group', [`${ARN}:log-group:/myapp/*`]],
  ])('has the warning with a role that may write %s', (__, resources) => {
    const stack = newStack(context);

    loggingIn(stack, { logGroupName: '/myapp' }).bindTo(
      functionIn(stack, { role: roleWith(stack, ...resources) }),
    );

    expect(found(stack)).toEqual([NO_LOG_GROUP]);
  });

  test.each([
    '*',
    `${ARN}:*`,
    `${ARN}:log-group:*`,
    `${ARN}:log-group:/aws/lambda/*`,
    `${ARN}:log-group:/aws/lambda/api:*`,
    'arn:aws:logs:*:*:*',
  ])('has none with a role that may write %s', (resource) => {
    const stack = newStack(context);

    loggingIn(stack).bindTo(functionIn(stack, { role: roleWith(stack, resource) }));

    expect(found(stack)).toEqual([]);
  });

  test('has none with the execution policy of AWS, nor with a role that the app does not define', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logGroupName: '/myapp' });
    const role = roleWith(stack);
    role.addManagedPolicy(
      iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
    );
    const imported = iam.Role.fromRoleName(stack, 'Imported', 'app');

    logging.bindTo(functionIn(stack, { role }));
    logging.bindTo(
      new lambda.Function(stack, 'Other', {
        runtime: lambda.Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline('exports.handler = async () => {};'),
        role: imported,
      }),
    );

    expect(found(stack)).toEqual([]);
  });

  test('has none with a log group of its name that the app defines for it', () => {
    const stack = newStack(context);
    const own = new logs.LogGroup(stack, 'Own-logs', { logGroupName: '/aws/lambda/api' });
    const role = roleWith(stack, own.logGroupArn);

    loggingIn(stack).bindTo(functionIn(stack, { role, functionName: 'api' }));

    expect(found(stack)).toEqual([]);
  });

  test('in another Region has other advice: Lambda cannot write to this log group', () => {
    const stack = newStack(context);
    const other = new Stack(stack.node.root, 'Other', { env: { account, region: 'us-west-2' } });

    loggingIn(stack, { logGroupName: '/myapp' }).bindTo(functionIn(other));

    expect(found(other)).toEqual([
      expect.stringContaining(
        'define it with a logGroup of its own account and Region, to which its role may write',
      ),
    ]);
  });

  test('has none where it names a log group, or Lambda delivers', () => {
    const [named, delivered] = [newStack(context), newStack(context)];

    const logging = loggingIn(named);
    logging.bindTo(functionIn(named, logging));
    const other = loggingIn(delivered);
    other.bindTo(functionIn(delivered, { role: other.role }), { delivery: 'stdout' });

    expect([found(named), found(delivered)]).toEqual([[], []]);
  });
});
