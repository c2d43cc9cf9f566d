import { App, Aspects, AspectPriority, Mixins, Stack, Stage } from 'aws-cdk-lib';
import * as cr from 'aws-cdk-lib/custom-resources';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { CloudWatchLogging, type CloudWatchLoggingProps } from '../../../lib/index.js';
import {
  account,
  flagSets,
  functionIn,
  loggingIn,
  newStack,
  policyDocuments,
  region,
  resources,
  variables,
  warnings,
} from '../stacks.js';
import { code, containerIn, containerVariables, roleIn, taskDefinitionIn } from './targets.js';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

function anotherIn(stack: Stack, props?: CloudWatchLoggingProps): CloudWatchLogging {
  return new CloudWatchLogging(stack, 'Another', props);
}

describe.each(flagSets)('variables %s', (_, context) => {
  describe('of the user', () => {
    const OWN =
      'FAPILOG_CORE__LOG_LEVEL keeps the value that the user has set here, and not the one of Stack/Logging; ' +
      'remove it here, or set it in the construct [ack: fapilog-cloudwatch:ownValue:FAPILOG_CORE__LOG_LEVEL]';

    test('win over those of the construct when they are there before, and that is reported', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { logLevel: 'info' });
      const fn = functionIn(stack, { environment: { FAPILOG_CORE__LOG_LEVEL: 'DEBUG' } });

      logging.bindTo(fn);

      expect(variables(stack)).toEqual({
        ...stack.resolve(logging.environment),
        FAPILOG_CORE__LOG_LEVEL: 'DEBUG',
      });
      expect(warnings(stack)).toEqual([OWN]);
    });

    test('win when they come later, and that is reported', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { logLevel: 'info' });
      const fn = functionIn(stack);

      logging.bindTo(fn);
      fn.addEnvironment('FAPILOG_CORE__LOG_LEVEL', 'DEBUG');

      expect(variables(stack)['FAPILOG_CORE__LOG_LEVEL']).toBe('DEBUG');
      expect(warnings(stack)).toEqual([OWN]);
    });

    test('with the value of the construct are no matter', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { logLevel: 'info' });

      logging.bindTo(functionIn(stack, { environment: { FAPILOG_CORE__LOG_LEVEL: 'INFO' } }));

      expect(warnings(stack)).toEqual([]);
    });

    test('win in a container, as variable and as secret: ECS refuses a name that is both', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { logLevel: 'info', service: 'api' });
      const task = taskDefinitionIn(stack);
      const secret = new secretsmanager.Secret(stack, 'Secret');
      const container = containerIn(task, 'App', {
        environment: { FAPILOG_CORE__LOG_LEVEL: 'DEBUG' },
        secrets: { FAPILOG_SERVICE: ecs.Secret.fromSecretsManager(secret) },
      });

      logging.bindTo(container);

      const { FAPILOG_SERVICE: _service, ...rest } = stack.resolve(logging.environment);
      expect(containerVariables(stack)['App']).toEqual({
        ...rest,
        FAPILOG_CORE__LOG_LEVEL: 'DEBUG',
      });
      expect(warnings(stack)).toEqual([OWN, expect.stringContaining('ownValue:FAPILOG_SERVICE')]);
    });
  });

  test('of ours that a container has as a secret, too, fail the synthesis: ECS refuses a name that is both', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { service: 'api' });
    const container = containerIn(taskDefinitionIn(stack));
    logging.bindTo(container);
    const secret = ecs.Secret.fromSecretsManager(new secretsmanager.Secret(stack, 'Secret'));

    container.addSecret('FAPILOG_SERVICE', secret);
    container.addSecret('MINE', secret);

    expect(() => Template.fromStack(stack)).toThrow(
      '[Stack/Logging] Stack/Task/App: FAPILOG_SERVICE is a secret and a variable of Stack/Logging; ' +
        'allowed: one of the two. Add the secret before the container is bound, or bind it without this value',
    );
  });

  describe('of a second binding', () => {
    test('to another log group are refused, and nothing is changed', () => {
      const stack = newStack(context);
      const [logging, another] = [loggingIn(stack), anotherIn(stack, { logGroupName: '/another' })];
      const fn = functionIn(stack);
      logging.bindTo(fn);
      const before = stack.resolve(policyDocuments(stack));

      const app = newStack(context);
      const [one, two] = [loggingIn(app), anotherIn(app, { logGroupName: '/another' })];
      const bound = functionIn(app);
      one.bindTo(bound);
      expect(() => two.bindTo(bound)).toThrow(
        /^Stack\/Function: cannot set FAPILOG_CLOUDWATCH__LOG_GROUP_NAME to {"Ref":"Another.*"} for Stack\/Another, because Stack\/Logging has set it to {"Ref":"Logging.*"}; bind it once, with all its options$/,
      );

      expect(another.logGroup).toBeDefined();
      expect(policyDocuments(app)).toEqual(before);
      expect(variables(app)).toEqual(app.resolve(one.environment));
    });

    test('with another value are refused; new ones are added', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const fn = functionIn(stack);
      logging.bindTo(fn, { settings: { batchSize: 10 } });

      logging.bindTo(fn, { settings: { batchSize: 10, gzip: false } });

      expect(() => logging.bindTo(fn, { settings: { batchSize: 20 } })).toThrow(
        'Stack/Function: cannot set FAPILOG_CLOUDWATCH__BATCH_SIZE to "20" for Stack/Logging, ' +
          'because Stack/Logging has set it to "10"; bind it once, with all its options',
      );
      expect(variables(stack)).toEqual({
        ...stack.resolve(logging.environment),
        FAPILOG_CLOUDWATCH__BATCH_SIZE: '10',
        FAPILOG_CLOUDWATCH__GZIP: 'false',
      });
    });
  });

  describe('of a function, which has 4 KB', () => {
    test('that do not fit fail the synthesis', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
      const own = { MINE: 'x'.repeat(3_950) };

      logging.bindTo(functionIn(stack, { environment: own }));

      expect(() => Template.fromStack(stack)).toThrow(
        /Stack\/Function: the environment has about \d+ bytes of names and values, of which \d+ are ours; allowed: 4096 bytes in all\. Inject fewer settings, or move values of your own elsewhere/,
      );
    });

    test('that just fit do not', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const fn = functionIn(stack);
      logging.bindTo(fn);
      const ours = Object.entries(variables(stack)).reduce(
        (sum, [name, value]) => sum + name.length + (typeof value === 'string' ? value.length : 64),
        0,
      );
      const fits = newStack(context);
      const environment = { MINE: 'x'.repeat(4_096 - ours - 4) };

      loggingIn(fits).bindTo(functionIn(fits, { environment }));

      expect(() => Template.fromStack(fits)).not.toThrow();
      const tooMany = newStack(context);
      loggingIn(tooMany).bindTo(functionIn(tooMany, { environment: { MINE: `${environment.MINE}x` } }));
      expect(() => Template.fromStack(tooMany)).toThrow('about 4097 bytes');
    });

    test('that are nearly all ours are a warning', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { service: 's'.repeat(3_000) });

      logging.bindTo(functionIn(stack));

      expect(warnings(stack)).toEqual([
        expect.stringContaining('[ack: fapilog-cloudwatch:largeEnvironment]'),
      ]);
    });
  });
});

describe.each(flagSets)('the role %s', (_, context) => {
  test('that may write more streams than were meant is a warning at the writer', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);

    logging.bindTo(functionIn(stack, logging), { streamPrefix: 'api' });

    expect(warnings(stack)).toEqual([
      'the role may write the log streams *, more than the intended api*; give the writer a role of its own ' +
        '[ack: fapilog-cloudwatch:widerRole]',
    ]);
  });

  test('that is as narrow as the settings of the construct is none', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { settings: { logStreamPrefix: 'api' } });

    logging.bindTo(functionIn(stack, logging));

    expect(warnings(stack)).toEqual([]);
    expect(JSON.stringify(policyDocuments(stack))).toContain(':log-stream:api*');
  });

  test('prefixes of which one begins with the other are a warning', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    for (const prefix of ['api', 'api-v2', 'worker']) {
      logging.bindTo(containerIn(taskDefinitionIn(stack, prefix)), { streamPrefix: prefix });
    }

    expect(warnings(stack)).toEqual([
      'a writer of the log streams api* may write api-v2* as well; choose prefixes of which none begins with another ' +
        '[ack: fapilog-cloudwatch:overlappingPrefixes:api*]',
    ]);
  });
});

describe.each(flagSets)('injector %s', (_, context) => {
  const expected = (stack: Stack, logging: CloudWatchLogging): object => stack.resolve(logging.environment);

  /** The variables of every function in the template, by the id of the function. */
  function byFunction(stack: Stack): Record<string, object> {
    const found = Template.fromStack(stack).findResources('AWS::Lambda::Function');
    return Object.fromEntries(
      Object.entries(found).map(([id, { Properties }]) => [
        id.replace(/[0-9A-F]{8}$/, ''),
        Properties.Environment?.Variables ?? {},
      ]),
    );
  }

  function defineFunction(scope: Construct, id: string): lambda.Function {
    return new lambda.Function(scope, id, { ...code, role: roleIn(scope, `${id}Role`) });
  }

  test('as an Aspect binds functions and containers, also those that come later', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const task = taskDefinitionIn(stack);
    containerIn(task, 'App');
    defineFunction(stack, 'Before');

    logging.bindAll(stack, { logLevel: 'debug' });
    defineFunction(stack, 'After');
    containerIn(task, 'Late');

    const wanted = { ...expected(stack, logging), FAPILOG_CORE__LOG_LEVEL: 'DEBUG' };
    expect(byFunction(stack)).toEqual({ Before: wanted, After: wanted });
    expect(containerVariables(stack)).toEqual({
      App: wanted,
      Late: wanted,
    });
    // The writer role, both functions and the task role.
    expect(policyDocuments(stack)).toHaveLength(4);
  });

  test('as a Mixin binds what is there', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    defineFunction(stack, 'Before');
    containerIn(taskDefinitionIn(stack), 'App');

    Mixins.of(stack).apply(logging.injector());
    defineFunction(stack, 'After');

    expect(byFunction(stack)).toEqual({ Before: expected(stack, logging), After: {} });
    expect(containerVariables(stack)).toEqual({
      App: expected(stack, logging),
    });
  });

  test('by with() binds one construct', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const task = taskDefinitionIn(stack);
    containerIn(task, 'App');
    const one = defineFunction(stack, 'One');
    defineFunction(stack, 'Two');

    one.with(logging.injector());
    task.with(logging.injector());

    expect(byFunction(stack)).toEqual({ One: expected(stack, logging), Two: {} });
    expect(containerVariables(stack)).toEqual({
      App: expected(stack, logging),
    });
  });

  test('leaves what is bound as it is, and changes nothing the second time', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const fn = defineFunction(stack, 'Bound');
    logging.bindTo(fn, { logLevel: 'warn' });

    logging.bindAll(stack);
    Aspects.of(stack).add(logging.injector(), { priority: AspectPriority.MUTATING });

    expect(byFunction(stack)).toEqual({
      Bound: { ...expected(stack, logging), FAPILOG_CORE__LOG_LEVEL: 'WARNING' },
    });
    expect(warnings(stack)).toEqual([]);
  });

  test('leaves out what is excluded, and functions of CDK’s own', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const excluded = new Construct(stack, 'Excluded');
    new lambda.Function(excluded, 'Fn', { ...code, role: roleIn(stack) });
    CloudWatchLogging.exclude(excluded);
    const onEventHandler = defineFunction(stack, 'Handler');
    const provider = new cr.Provider(stack, 'Provider', { onEventHandler });
    new cr.AwsCustomResource(stack, 'Call', {
      onCreate: { service: 'S3', action: 'listBuckets', physicalResourceId: cr.PhysicalResourceId.of('x') },
      policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: cr.AwsCustomResourcePolicy.ANY_RESOURCE }),
    });

    logging.bindAll(stack);

    expect(provider.serviceToken).toBeDefined();
    const bound = Object.entries(byFunction(stack)).filter(([, found]) => 'FAPILOG_CORE__SINKS' in found);
    expect(bound).toEqual([['Handler', expected(stack, logging)]]);
    expect(resources(stack, 'AWS::Lambda::Function')).toHaveLength(4);
  });

  test('refuses a scope that its Aspect would never leave: those of CDK stop at a stage', () => {
    const app = new App({ context: { ...context } });
    const stage = new Stage(app, 'Stage', { env: { account, region } });
    const stack = new Stack(stage, 'Stack');
    const logging = loggingIn(stack);
    defineFunction(stack, 'Fn');

    expect(() => logging.bindAll(app)).toThrow(
      new Error(
        'Stage/Stack/Logging: cannot bind all of the app, because it is in another stage, and no stage may refer to ' +
          'another; pass Stage, or a scope in it',
      ),
    );
    expect(() => logging.bindAll(new Stack(app, 'Outside'))).toThrow('cannot bind all of Outside');
    logging.bindAll(stage);

    expect(byFunction(stack)).toEqual({ Fn: expected(stack, logging) });
  });

  test('leaves what is bound to another log group, and says so', () => {
    const stack = newStack(context);
    const [logging, another] = [loggingIn(stack), anotherIn(stack)];
    another.bindTo(functionIn(stack));

    logging.bindAll(stack);

    expect(variables(stack)).toEqual(expected(stack, another));
    expect(warnings(stack)).toEqual([
      'this is bound to Stack/Another and is not bound to Stack/Logging as well; leave it out with ' +
        'CloudWatchLogging.exclude(…), or acknowledge this [ack: fapilog-cloudwatch:boundElsewhere]',
    ]);
  });

  test('reaches the other stacks of an app', () => {
    const stack = newStack(context);
    const other = new Stack(stack.node.root, 'Other', { env: { account, region } });
    const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
    defineFunction(other, 'Elsewhere');

    logging.bindAll(stack.node.root);

    expect(byFunction(other)).toEqual({
      Elsewhere: { ...expected(other, logging), FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: expect.anything() },
    });
  });
});
