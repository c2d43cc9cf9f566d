import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CloudWatchLogging, PolicyKind, Trust, type ICloudWatchLogging } from '../../../lib/index.js';
import { account, flagSets, functionIn, loggingIn, region, type Context } from '../stacks.js';
import { containerIn, instanceIn, launchTemplateIn, Service, taskDefinitionIn } from './targets.js';

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

const otherAccount = '210987654321';

/** The stacks of an app: one for the log group, and one in another account. */
interface Stacks {
  readonly stack: Stack;
  readonly other: Stack;
}

function stacksIn(context: Context): Stacks {
  const app = new App({ context: { ...context } });
  const stackOf = (id: string, name: string): Stack => new Stack(app, id, { env: { account: name, region } });
  return { stack: stackOf('Stack', account), other: stackOf('Other', otherAccount) };
}

function templatesOf({ stack, other }: Stacks): object[] {
  return [stack, other].map((each) => Template.fromStack(each).toJSON());
}

/** Defines everything, the logging construct included, and returns the call that is refused. */
type Define = (stacks: Stacks) => () => unknown;

const wrong = (value: unknown): any => value;

const name = { logGroupName: '/myapp/production' };

/** The adopted log group has no writer role yet. */
function adoptedIn(stack: Stack, id = 'Adopted'): ICloudWatchLogging {
  const logGroup = logs.LogGroup.fromLogGroupName(stack, `${id}Group`, '/platform/shared');
  return CloudWatchLogging.fromLogGroup(stack, id, logGroup, { assumedBy: Trust.account(otherAccount) });
}

/** A service with another principal than a role. */
function serviceOf(stack: Stack, grantPrincipal: iam.IPrincipal): Service {
  return Object.assign(new Service(stack), { grantPrincipal });
}

const boundBy = 'because Stack/Another has set it to';

const refusals: readonly (readonly [string, Define, string])[] = [
  [
    'no construct',
    ({ stack }) => {
      const logging = loggingIn(stack);
      return () => logging.bindTo(wrong({}));
    },
    'cannot bind {}, which is no construct',
  ],
  [
    'a construct of no known kind',
    ({ stack }) => {
      const logging = loggingIn(stack);
      const group = new logs.LogGroup(stack, 'Group');
      return () => logging.bindTo(wrong(group));
    },
    'Stack/Group: cannot bind a construct that has no addEnvironment',
  ],
  [
    'an imported function without a role',
    ({ stack }) => {
      const fn = lambda.Function.fromFunctionName(stack, 'Imported', 'theirs');
      const logging = loggingIn(stack);
      return () => logging.bindTo(fn);
    },
    'Stack/Imported: cannot grant write access to a function whose role is not known',
  ],
  [
    'wrong options',
    ({ stack }) => {
      const fn = functionIn(stack);
      const logging = loggingIn(stack);
      return () => logging.bindTo(fn, { settings: { batchSize: 0 } });
    },
    'Stack/Logging.bindTo(Stack/Function).settings.batchSize is 0; allowed: ',
  ],
  [
    'a function that is bound with other values',
    ({ stack }) => {
      const fn = functionIn(stack);
      new CloudWatchLogging(stack, 'Another', { service: 'a' }).bindTo(fn);
      const logging = loggingIn(stack);
      return () => logging.bindTo(fn, { service: 'b', streamPrefix: 'b' });
    },
    boundBy,
  ],
  [
    'a task of which the second container is bound with other values',
    ({ stack }) => {
      const task = taskDefinitionIn(stack);
      containerIn(task, 'First');
      new CloudWatchLogging(stack, 'Another').bindTo(containerIn(task, 'Second'));
      const logging = loggingIn(stack);
      return () => logging.bindTo(task);
    },
    boundBy,
  ],
  [
    'a machine that shares its user data with one that is bound with other values',
    ({ stack }) => {
      const userData = ec2.UserData.forLinux();
      new CloudWatchLogging(stack, 'Another').bindTo(instanceIn(stack, 'linux', { userData }));
      const template = launchTemplateIn(stack, { userData });
      const logging = loggingIn(stack);
      return () => logging.bindTo(template);
    },
    boundBy,
  ],
  [
    'a machine with user data of another format',
    ({ stack }) => {
      const instance = instanceIn(stack, 'linux', { userData: ec2.UserData.custom('#cloud-config') });
      const logging = loggingIn(stack);
      return () => logging.bindTo(instance);
    },
    'no shell script',
  ],
  [
    'a machine with multipart user data that has no default part',
    ({ stack }) => {
      const instance = instanceIn(stack, 'linux', { userData: new ec2.MultipartUserData() });
      const logging = loggingIn(stack);
      return () => logging.bindTo(instance);
    },
    'no default part',
  ],
  [
    'a launch template of which nothing is known',
    ({ stack }) => {
      const template = new ec2.LaunchTemplate(stack, 'LaunchTemplate');
      const logging = loggingIn(stack);
      return () => logging.bindTo(template);
    },
    'user data, operating system and role are not known',
  ],
  [
    'a writer of another account that nobody lets in',
    ({ stack, other }) => {
      const fn = functionIn(other);
      const logging = loggingIn(stack, name);
      return () => logging.bindTo(fn);
    },
    'which is in another account',
  ],
  [
    'a writer of another account, for a log group with a generated name',
    ({ stack, other }) => {
      const fn = functionIn(other);
      const logging = loggingIn(stack, { assumedBy: Trust.account(otherAccount) });
      return () => logging.bindTo(fn);
    },
    'give it a logGroupName',
  ],
  [
    'a principal without an identity policy',
    ({ stack }) => {
      const service = serviceOf(stack, new iam.ServicePrincipal('lambda.amazonaws.com'));
      const logging = loggingIn(stack);
      return () => logging.bindTo(service);
    },
    'which has no identity policy',
  ],
  [
    'a principal that can have no managed policy',
    ({ stack }) => {
      const service = serviceOf(stack, new iam.User(stack, 'User'));
      const logging = loggingIn(stack, { policyKind: PolicyKind.MANAGED });
      return () => logging.bindTo(service);
    },
    'which is no role, to which a managed policy could be attached',
  ],
  [
    'a principal of another account without an identity policy, before a role is defined for it',
    ({ stack }) => {
      const service = serviceOf(stack, new iam.AccountPrincipal(otherAccount));
      const adopted = adoptedIn(stack);
      return () => adopted.bindTo(service);
    },
    'which has no identity policy',
  ],
  [
    'a writer of another account that assumes another role, before a role is defined for it',
    ({ stack, other }) => {
      const fn = functionIn(other);
      adoptedIn(stack, 'Another').bindTo(fn);
      const adopted = adoptedIn(stack);
      return () => adopted.bindTo(fn);
    },
    'cannot set FAPILOG_CLOUDWATCH__ROLE_ARN to "the ARN of its writer role" for Stack/Adopted',
  ],
  [
    'a system of which no commands are known, before a role is defined',
    ({ stack }) => {
      const adopted = adoptedIn(stack);
      const operatingSystem = ec2.OperatingSystemType.UNKNOWN;
      return () => adopted.toUserData({ operatingSystem, assumeRole: true });
    },
    'operatingSystem is UNKNOWN',
  ],
  [
    'a value that .env files cannot hold, before a role is defined',
    ({ stack }) => {
      const adopted = adoptedIn(stack);
      return () => adopted.toDotEnv({ service: `it's "mine"`, assumeRole: true });
    },
    'readers of .env files understand differently',
  ],
  [
    'the name of a parameter, before a role is defined',
    ({ stack }) => {
      const adopted = adoptedIn(stack);
      return () => adopted.publishSettings('Settings', { parameterName: '/aws/x', assumeRole: true });
    },
    'parameterName is "/aws/x"',
  ],
  [
    'the names of exports, before a role is defined',
    ({ stack }) => {
      const adopted = adoptedIn(stack);
      return () => adopted.addOutputs({ exportPrefix: 'my_app' });
    },
    'exportPrefix is "my_app"',
  ],
];

describe.each(flagSets)('a refusal %s', (_, context) => {
  test.each(refusals)('of %s changes nothing', (__, define, message) => {
    const [refused, untouched] = [stacksIn(context), stacksIn(context)];
    const call = define(refused);
    define(untouched);

    expect(call).toThrow(message);
    expect(templatesOf(refused)).toEqual(templatesOf(untouched));
  });
});
