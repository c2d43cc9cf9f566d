import { Annotations, CfnParameter, type Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CloudWatchLogging, type CloudWatchLoggingProps } from '../../lib/index.js';
import { logDriver } from './bind/targets.js';
import { flagSets, functionIn, loggingIn, newStack, warnings } from './stacks.js';

const AWS_NAME =
  'logGroupName is "/aws/lambda/api", but AWS services create log groups under /aws/; choose another prefix ' +
  '[ack: fapilog-cloudwatch:awsLogGroupName]';
const UNBOUNDED =
  'its role has the managed policy AWSLambdaBasicExecutionRole and may write to every log group; define it with ' +
  'role: logging.role (a function with logGroup: logging.logGroup, too), or with a role of your own ' +
  '[ack: fapilog-cloudwatch:unboundedWriter]';

/** The role that CDK defines for a function without one. */
function executionRole(stack: Stack): iam.Role {
  const managed = iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole');
  return new iam.Role(stack, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    managedPolicies: [managed],
  });
}

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(flagSets)('warnings %s', (_, context) => {
  test.each<[string, CloudWatchLoggingProps, string]>([
    ['a log group among those of AWS services', { logGroupName: '/aws/lambda/api' }, AWS_NAME],
  ])('tell of %s', (__, props, warning) => {
    const stack = newStack(context);

    loggingIn(stack, props);

    expect(warnings(stack)).toEqual([warning]);
  });

  test('are not given without a reason', () => {
    const stack = newStack(context);
    const name = new CfnParameter(stack, 'Name').valueAsString;

    const logging = loggingIn(stack, { logGroupName: `/aws/${name}`, settings: { maxRetries: 0 } });
    logging.bindTo(functionIn(stack, logging));

    expect(warnings(stack)).toEqual([]);
  });

  test('tell once of a function that may write to every log group', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const fn = functionIn(stack, { role: executionRole(stack) });

    logging.bindTo(fn);
    logging.bindTo(fn);

    expect(warnings(stack)).toEqual([UNBOUNDED]);
  });

  describe('of the writer role', () => {
    const NOT_BOUND =
      'it has the writer role of Stack/Logging and no variable that names the log group, so that its sink cannot start; ' +
      'call bindTo(…) with it, or set the variables that environment returns [ack: fapilog-cloudwatch:notBound]';

    /** A task definition with two containers, of which the first has variables. */
    function taskIn(
      stack: Stack,
      taskRole: iam.IRole,
      environment: Record<string, string> = {},
    ): ecs.TaskDefinition {
      const task = new ecs.FargateTaskDefinition(stack, 'Task', { taskRole });
      task.addContainer('api', {
        image: ecs.ContainerImage.fromRegistry('api'),
        environment,
        logging: logDriver,
      });
      task.addContainer('proxy', {
        image: ecs.ContainerImage.fromRegistry('proxy'),
        logging: logDriver,
      });
      return task;
    }

    test.each<[string, (stack: Stack, logging: CloudWatchLogging) => unknown]>([
      ['a function', (stack, { role }) => functionIn(stack, { role })],
      [
        'a function with other variables',
        (stack, { role }) => functionIn(stack, { role, environment: { STAGE: 'x' } }),
      ],
      ['a task definition', (stack, { role }) => taskIn(stack, role)],
    ])('tell of %s that has it and is never bound', (__, define) => {
      const stack = newStack(context);

      define(stack, loggingIn(stack));

      expect(warnings(stack)).toEqual([NOT_BOUND]);
    });

    test.each<[string, (stack: Stack, logging: CloudWatchLogging) => unknown]>([
      ['is bound', (stack, logging) => logging.bindTo(functionIn(stack, { role: logging.role }))],
      [
        'is bound as a version',
        (stack, logging) => logging.bindTo(functionIn(stack, { role: logging.role }).currentVersion),
      ],
      [
        'is bound by an Aspect',
        (stack, logging) => {
          functionIn(stack, { role: logging.role });
          logging.bindAll(stack);
        },
      ],
      ['has the variables', (stack, { role, environment }) => functionIn(stack, { role, environment })],
      [
        'has the variables, as a container',
        (stack, { role, environment }) => taskIn(stack, role, environment),
      ],
      [
        'is bound, as a container',
        (stack, logging) =>
          logging.bindTo(taskIn(stack, logging.role), { settings: { shutdownDeadlineSeconds: 5 } }),
      ],
      [
        'reads a parameter',
        (stack, { role }) => functionIn(stack, { role, environment: { FAPILOG_CONFIG_SSM: '/x' } }),
      ],
      ['is left out', (stack, { role }) => CloudWatchLogging.exclude(functionIn(stack, { role }))],
      ['has another role', (stack) => functionIn(stack)],
    ])('tell nothing of a program that %s', (__, define) => {
      const stack = newStack(context);

      define(stack, loggingIn(stack));

      expect(warnings(stack)).toEqual([]);
    });

    test('tell nothing of a role that the user defines', () => {
      const stack = newStack(context);
      const role = new iam.Role(stack, 'Shared', {
        assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      });
      const logging = loggingIn(stack, { role });

      functionIn(stack, { role: logging.role });

      expect(warnings(stack)).toEqual([]);
    });
  });

  test('tell nothing of a role that cannot be looked into', () => {
    const stack = newStack(context);
    const role = iam.Role.fromRoleName(stack, 'Imported', 'imported');

    loggingIn(stack).bindTo(functionIn(stack, { role }));

    expect(warnings(stack)).toEqual([]);
  });

  test('can be acknowledged', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logGroupName: '/aws/lambda/api' });
    logging.bindTo(functionIn(stack, { role: executionRole(stack) }));

    Annotations.of(logging).acknowledgeWarning('fapilog-cloudwatch:awsLogGroupName');
    Annotations.of(stack).acknowledgeWarning('fapilog-cloudwatch:unboundedWriter');

    expect(warnings(stack)).toEqual([]);
  });

  // CDK 2.257 looks for acknowledgements of a later warning above the construct only, and not on itself.
  test('that come when the tree is finished can be acknowledged on the writer (not on the oldest CDK)', () => {
    const stack = newStack(context);
    const fn = functionIn(stack, { role: executionRole(stack) });
    loggingIn(stack).bindTo(fn);

    Annotations.of(fn).acknowledgeWarning('fapilog-cloudwatch:unboundedWriter');

    expect(warnings(stack)).toEqual([]);
  });
});
