import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CloudWatchLogging, Trust } from '../../lib/index.js';
import { flagSets, functionIn, loggingIn, newStack, policyDocuments } from './stacks.js';

/** What the types rule out and JavaScript does not. */
const wrong = (value: unknown): any => value;

const OBJECT = 'an object of options, or nothing';

describe.each(flagSets)('wrong values %s', (_, context) => {
  test.each<[string, unknown, string]>([
    ['settings', 'x', '"x"; allowed: an object such as { batchSize: 500 }'],
    ['settings', null, 'null; allowed: an object such as { batchSize: 500 }'],
    ['settings', [1], '[ 1 ]; allowed: an object such as { batchSize: 500 }'],
    ['sampling', 0.5, '0.5; allowed: an object such as { rate: 0.1 }'],
    ['rateLimit', 100, '100; allowed: an object such as { capacity: 100 }'],
    ['role', 'arn', '"arn"; allowed: a role; iam.Role.fromRoleArn(…) makes one of an ARN'],
    [
      'assumedBy',
      'lambda.amazonaws.com',
      '"lambda.amazonaws.com"; allowed: one of Trust, such as Trust.lambda(), or another iam.IPrincipal',
    ],
    [
      'permissionsBoundary',
      'arn',
      '"arn"; allowed: a managed policy; iam.ManagedPolicy.fromManagedPolicyArn(…) makes one of an ARN',
    ],
    ['encryptionKey', false, 'false; allowed: true, or a key; kms.Key.fromKeyArn(…) makes one of an ARN'],
    ['encryptionKey', {}, '{}; allowed: true, or a key; kms.Key.fromKeyArn(…) makes one of an ARN'],
    ['dataProtectionPolicy', 'x', '"x"; allowed: an object such as new logs.DataProtectionPolicy(…)'],
    ['fieldIndexes', 'level', '"level"; allowed: a list of names'],
    ['sensitive', 'x', '"x"; allowed: a list of Sensitive, such as [Sensitive.EMAIL]'],
    ['sensitive', ['email'], "[ 'email' ]; allowed: a list of Sensitive, such as [Sensitive.EMAIL]"],
  ])('of the prop %s are told in a sentence: %j', (prop, value, sentence) => {
    const stack = newStack(context);

    expect(() => loggingIn(stack, { [prop]: value })).toThrow(
      new Error(`invalid setting: Stack/Logging: props.${prop} is ${sentence}`),
    );
  });

  test('of several props are told at once', () => {
    const props = wrong({ sensitive: 5, role: 7, assumedBy: Trust.lambda() });

    expect(() => loggingIn(newStack(context), props)).toThrow(
      /^invalid settings:\n {2}- Stack\/Logging: props\.sensitive is 5; .*\n {2}- Stack\/Logging: props\.role is 7; .*$/,
    );
  });

  test.each([null, 5, 'x'])('in place of props and options are refused: %j', (value) => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const fn = functionIn(stack);
    const shown = JSON.stringify(value);
    const message = (where: string) => new Error(`invalid setting: ${where} is ${shown}; allowed: ${OBJECT}`);

    expect(() => new CloudWatchLogging(stack, 'Other', wrong(value))).toThrow(message('Stack/Other: props'));
    expect(() => CloudWatchLogging.fromLogGroup(stack, 'Adopted', logging.logGroup, wrong(value))).toThrow(
      message('Stack/Adopted: options'),
    );
    expect(() => logging.bindTo(fn, wrong(value))).toThrow(message('Stack/Logging.bindTo(Stack/Function)'));
    expect(() => logging.grantWrite(fn, wrong(value))).toThrow(message('Stack/Logging.grantWrite'));
    expect(() => logging.toDotEnv(wrong(value))).toThrow(message('Stack/Logging.toDotEnv'));
    expect(() => logging.toUserData(wrong(value))).toThrow(message('Stack/Logging.toUserData'));
    expect(() => logging.publishSettings('P', wrong(value))).toThrow(
      message('Stack/Logging.publishSettings'),
    );
    expect(policyDocuments(stack)).toHaveLength(1);
  });

  test('of one binding are told of that binding', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);

    expect(() =>
      logging.bindTo(functionIn(stack), wrong({ streamPrefix: 'api', settings: 5, sampling: true })),
    ).toThrow(
      new Error(
        'invalid settings:\n' +
          '  - Stack/Logging.bindTo(Stack/Function).settings is 5; allowed: an object such as { batchSize: 500 }\n' +
          '  - Stack/Logging.bindTo(Stack/Function).sampling is true; allowed: an object such as { rate: 0.1 }',
      ),
    );
  });

  test.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [5, '5'],
    ['api', '"api"'],
    [{}, '{}'],
  ])('are no targets, no grantees and no scopes: %j', (value, shown) => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const published = logging.publishSettings('Published');

    expect(() => logging.bindTo(wrong(value))).toThrow(
      new Error(
        `cannot bind ${shown}, which is no construct; bind a function, a task definition, a container, an instance, ` +
          'an Auto Scaling group or a launch template, and for anything else use grantWrite(…) and environment',
      ),
    );
    const grantable = `cannot grant access to ${shown}, which has no grant principal; pass a role, a user, or whatever else CDK grants to`;
    expect(() => logging.grantWrite(wrong(value))).toThrow(new Error(`Stack/Logging: ${grantable}`));
    expect(() => logging.grantRead(wrong(value))).toThrow(new Error(`Stack/Logging: ${grantable}`));
    expect(() => published.grantRead(wrong(value))).toThrow(
      new Error(`Stack/Logging/Published: ${grantable}`),
    );
    expect(() => logging.bindAll(wrong(value))).toThrow(
      new Error(`Stack/Logging: cannot bind all of ${shown}, which is no construct; pass a stack or a stage`),
    );
    expect(() => CloudWatchLogging.exclude(wrong(value))).toThrow(
      new Error(
        `cannot exclude ${shown}, which is no construct; pass a function, or a scope that contains some`,
      ),
    );
    expect(() => CloudWatchLogging.fromLogGroup(stack, 'Adopted', wrong(value))).toThrow(
      new Error(
        `Stack/Adopted: cannot adopt ${shown}, which is no log group; ` +
          'pass one that logs.LogGroup.fromLogGroupName(…) or fromLogGroupArn(…) has imported',
      ),
    );
  });

  test('of a parameter’s name are refused', () => {
    const logging = loggingIn(newStack(context));

    expect(() => logging.publishSettings('P', wrong({ parameterName: 5 }))).toThrow(
      'Stack/Logging.publishSettings.parameterName is 5; allowed: a name such as /myapp/production/logging',
    );
  });

  test('of a system are refused, and not taken for Linux', () => {
    const logging = loggingIn(newStack(context));

    expect(() => logging.toUserData(wrong({ operatingSystem: 'windows' }))).toThrow(
      new Error(
        'operatingSystem is "windows"; allowed: ec2.OperatingSystemType.LINUX or WINDOWS, whose commands differ',
      ),
    );
  });

  test.each<[string, unknown, string]>([
    ['retentionDays', 30, '30: no such prop; did you mean "retention"?'],
    ['retentionInDays', 30, '30: no such prop; did you mean "retention"?'],
    ['loglevel', 'debug', '"debug": no such prop; did you mean "logLevel"?'],
    ['level', 'debug', '"debug": no such prop; did you mean "logLevel"?'],
    ['batchSize', 5, '5: no such prop; did you mean settings: { batchSize }?'],
    ['colour', 'blue', '"blue": no such prop; there are logGroupName, retention, removalPolicy,'],
  ])('of a prop that does not exist are refused: %s', (prop, value, sentence) => {
    expect(() => loggingIn(newStack(context), wrong({ [prop]: value }))).toThrow(
      `invalid setting: Stack/Logging: props.${prop} is ${sentence}`,
    );
  });

  test('of names that do not exist are told with the others', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);

    expect(() =>
      logging.bindTo(functionIn(stack), wrong({ loglevel: 'debug', service: '', prefix: undefined })),
    ).toThrow(
      /^invalid settings:\n {2}- \S+\.loglevel is "debug": no such option; did you mean "logLevel"\?\n {2}- \S+\.service is "";/,
    );
    expect(() => loggingIn(newStack(context), wrong({ retentionDays: 30, settings: 5 }))).toThrow(
      /props\.retentionDays is 30:.*\n.*props\.settings is 5;/,
    );
    expect(policyDocuments(stack)).toHaveLength(1);
  });

  test('of options that do not exist are refused by every method', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const fn = functionIn(stack);
    const bucket = new s3.Bucket(stack, 'Bucket');
    const other = wrong({ other: 1 });
    const refused = (where: string): string => `${where}.other is 1: no such option; there are `;

    expect(() => CloudWatchLogging.fromLogGroup(stack, 'Adopted', logging.logGroup, other)).toThrow(
      refused('Stack/Adopted: options'),
    );
    expect(() => logging.bindTo(fn, other)).toThrow(refused('Stack/Logging.bindTo(Stack/Function)'));
    expect(() => logging.bindAll(stack, other)).toThrow(refused('Stack/Logging.bindAll'));
    expect(() => logging.injector(other)).toThrow(refused('Stack/Logging.injector'));
    expect(() => logging.grantWrite(fn, other)).toThrow(refused('Stack/Logging.grantWrite'));
    expect(() => logging.toKeyValuePairs(other)).toThrow(refused('Stack/Logging.toKeyValuePairs'));
    expect(() => logging.toConfigMapData(other)).toThrow(refused('Stack/Logging.toConfigMapData'));
    expect(() => logging.toDotEnv(other)).toThrow(refused('Stack/Logging.toDotEnv'));
    expect(() => logging.toUserData(other)).toThrow(refused('Stack/Logging.toUserData'));
    expect(() => logging.publishSettings('P', other)).toThrow(refused('Stack/Logging.publishSettings'));
    expect(() => logging.addOutputs(other)).toThrow(refused('Stack/Logging: addOutputs'));
    expect(() => logging.addQueries(other)).toThrow(refused('Stack/Logging: addQueries'));
    expect(() => logging.createWidgets(other)).toThrow(refused('Stack/Logging: createWidgets'));
    expect(() => logging.archiveTo(bucket, other)).toThrow(refused('Stack/Logging: archiveTo'));
    expect(() => logging.addAlarms(other)).toThrow(refused('Stack/Logging: addAlarms'));
    expect(() => logging.addAlarms({ errors: other })).toThrow(refused('Stack/Logging: addAlarms.errors'));
    expect(() => logging.addAlarms({ dropped: other })).toThrow(refused('Stack/Logging: addAlarms.dropped'));
    expect(() => logging.addAlarms({ silence: wrong({ duration: Duration.minutes(5), other: 1 }) })).toThrow(
      refused('Stack/Logging: addAlarms.silence'),
    );
  });

  test('the props of a subclass may have more', () => {
    class TeamLogging extends CloudWatchLogging {}

    expect(() => new TeamLogging(newStack(context), 'Logging', wrong({ team: 'blue' }))).not.toThrow();
  });
});
