import { ArnFormat, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { parseEnvironment } from '../../../contract/codec.js';
import type { CloudWatchLogging } from '../../../lib/index.js';
import {
  account,
  flagSets,
  logGroupId,
  loggingIn,
  newStack,
  policyDocuments,
  region,
  resources,
  variables,
  warnings,
  writerPolicy,
} from '../stacks.js';
import {
  code,
  containerIn,
  containerVariables,
  functionIn,
  groupIn,
  instanceIn,
  launchTemplateIn,
  roleIn,
  Service,
  taskDefinitionIn,
  userDataOf,
} from './targets.js';

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

/** The writer policy for the streams that begin with a prefix. */
function prefixPolicy(logging: CloudWatchLogging, prefix: string): unknown {
  const stack = Stack.of(logging);
  const resource = 'log-group';
  const resourceName = `${logging.logGroup.logGroupName}:log-stream:${prefix}*`;
  return stack.resolve({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: stack.formatArn({
          service: 'logs',
          resource,
          resourceName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      },
    ],
  });
}

/** What the sink makes of variables whose references the deployment has filled in. */
function parsed(found: Record<string, any>): unknown {
  const entries = Object.entries(found).map(([name, value]) => [
    name,
    value.Ref ? '/myapp/production' : value,
  ]);
  const { settings, problems, notices } = parseEnvironment(
    Object.fromEntries(entries) as Record<string, string>,
  );
  const given = Object.entries(settings).filter(([, values]) => Object.keys(values).length > 0);
  return { settings: Object.fromEntries(given), problems, notices };
}

/** What every writer's sink reads, and nothing else. */
const basics = {
  core: { sinks: ['cloudwatch'] },
  cloudwatch: { logGroupName: '/myapp/production', region, createLogGroup: false },
};

describe.each(flagSets)('bindTo %s', (_, context) => {
  describe('functions', () => {
    test('a singleton function has its variables and its grant where it is defined', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const role = roleIn(stack);
      const fn = new lambda.SingletonFunction(stack, 'Singleton', { ...code, uuid: 'u-1', role });

      logging.bindTo(fn);
      logging.bindTo(fn);

      expect(variables(stack)).toEqual(stack.resolve(logging.environment));
      expect(policyDocuments(stack)).toEqual([writerPolicy(logging), writerPolicy(logging)]);
      expect(parsed(variables(stack))).toEqual({ settings: basics, problems: [], notices: [] });
    });

    test.each(['version', 'alias'])('the %s of a function is bound at the function', (kind) => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const fn = functionIn(stack, { role: roleIn(stack) });
      const version = fn.currentVersion;

      logging.bindTo(
        kind === 'version' ? version : new lambda.Alias(stack, 'Live', { aliasName: 'live', version }),
      );

      expect(variables(stack)).toEqual(stack.resolve(logging.environment));
      expect(policyDocuments(stack)).toEqual([writerPolicy(logging), writerPolicy(logging)]);
    });

    test('an imported function has its grant, and its owner is told of the rest', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const role = iam.Role.fromRoleName(stack, 'ImportedRole', 'imported');
      const functionArn = `arn:aws:lambda:${region}:${account}:function:theirs`;
      const attributes = { functionArn, role, sameEnvironment: true };

      logging.bindTo(lambda.Function.fromFunctionAttributes(stack, 'Imported', attributes));

      expect(policyDocuments(stack)).toEqual([writerPolicy(logging), writerPolicy(logging)]);
      expect(warnings(stack)).toEqual([
        'variables cannot be set on an imported function; its owner ' +
          'has to set the variables that environment returns [ack: fapilog-cloudwatch:noEnvironment]',
      ]);
    });

    test('an imported function without a role is refused', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const fn = lambda.Function.fromFunctionName(stack, 'Imported', 'theirs');

      expect(() => logging.bindTo(fn)).toThrow(
        new Error(
          'Stack/Imported: cannot grant write access to a function whose role is not known; ' +
            'import it with fromFunctionAttributes and its role',
        ),
      );
      expect(policyDocuments(stack)).toEqual([writerPolicy(logging)]);
    });

    test('a function in another stack of the app makes no cycle, with the log group as its own', () => {
      const stack = newStack(context);
      const other = new Stack(stack.node.root, 'Other', { env: { account, region } });
      const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
      const fn = functionIn(other, { role: roleIn(other), logGroup: logging.logGroup });

      logging.bindTo(fn);

      expect(parsed({ ...variables(other), FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: { Ref: 'import' } })).toEqual({
        settings: basics,
        problems: [],
        notices: [],
      });
      const [{ Statement }, ...others] = policyDocuments(other);
      expect(others).toEqual([]);
      expect(Statement).toEqual([
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: expect.anything(),
        },
      ]);
      // A strong reference or a weak one, as the feature flags say.
      expect(JSON.stringify(Statement[0].Resource)).toMatch(
        /^{"Fn::(ImportValue|GetStackOutput)":.*LoggingLogGroup.*Arn/,
      );
    });
  });

  describe('ECS', () => {
    test('a task definition has the variables in each container, and the grant on its task role alone', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const task = taskDefinitionIn(stack);
      containerIn(task, 'App', { environment: { MINE: 'kept' } });
      containerIn(task, 'Sidecar', {
        logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'x', logGroup: logging.logGroup }),
      });

      logging.bindTo(task, { streamPrefix: 'api' });

      const prefixed = {
        ...stack.resolve(logging.environment),
        FAPILOG_CLOUDWATCH__LOG_STREAM_PREFIX: 'api',
      };
      expect(containerVariables(stack)).toEqual({ App: { MINE: 'kept', ...prefixed }, Sidecar: prefixed });
      expect(parsed(containerVariables(stack)['Sidecar']!)).toEqual({
        settings: {
          ...basics,
          cloudwatch: { ...basics.cloudwatch, logStreamPrefix: 'api' },
        },
        problems: [],
        notices: [],
      });
      const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy');
      const ofTask = Object.values(policies).filter(({ Properties: { Roles } }) =>
        Roles.some(
          (role: any) => role.Ref === stack.getLogicalId(task.taskRole.node.defaultChild as CfnResource),
        ),
      );
      expect(ofTask.map(({ Properties }) => Properties.PolicyDocument)).toEqual([
        prefixPolicy(logging, 'api'),
      ]);
    });

    test('containers that come later are bound, too', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const task = taskDefinitionIn(stack);

      logging.bindTo(task, { service: 'api' });
      containerIn(task, 'Late');

      expect(containerVariables(stack)).toEqual({
        Late: { ...stack.resolve(logging.environment), FAPILOG_SERVICE: 'api' },
      });
    });

    test('one container of several can be bound alone, with settings of its own', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const task = taskDefinitionIn(stack);
      const app = containerIn(task, 'App');
      containerIn(task, 'Sidecar');

      logging.bindTo(app, { logLevel: 'debug', settings: { batchSize: 7 } });

      expect(containerVariables(stack)).toEqual({
        App: {
          ...stack.resolve(logging.environment),
          FAPILOG_CORE__LOG_LEVEL: 'DEBUG',
          FAPILOG_CLOUDWATCH__BATCH_SIZE: '7',
        },
        Sidecar: {},
      });
    });
  });

  describe('machines', () => {
    const commands = (stack: Stack, logging: CloudWatchLogging): string => {
      const name = `<${logGroupId(logging)}>`;
      return [
        `export FAPILOG_CORE__SINKS='["cloudwatch"]'`,
        `export FAPILOG_CLOUDWATCH__LOG_GROUP_NAME='${name}'`,
        `export FAPILOG_CLOUDWATCH__REGION='${stack.region}'`,
        `export FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP='false'`,
        `printf '%s\\n' 'FAPILOG_CORE__SINKS='\\''["cloudwatch"]'\\''' ` +
          `'FAPILOG_CLOUDWATCH__LOG_GROUP_NAME='\\''${name}'\\''' ` +
          `'FAPILOG_CLOUDWATCH__REGION='\\''${stack.region}'\\''' ` +
          `'FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP='\\''false'\\''' >> /etc/fapilog-cloudwatch.env`,
      ].join('\n');
    };

    test('an instance exports the variables in its user data, once', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const instance = instanceIn(stack);

      logging.bindTo(instance);
      logging.bindTo(instance);
      instance.addUserData('systemctl start app');

      const [resource] = resources(stack, 'AWS::EC2::Instance');
      expect(userDataOf(resource!)).toBe(`#!/bin/bash\n${commands(stack, logging)}\nsystemctl start app`);
      expect(policyDocuments(stack)).toEqual([writerPolicy(logging), writerPolicy(logging)]);
    });

    test('an instance with Windows sets them for the machine', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, {
        logGroupName: '/myapp/production',
        settings: { logStreamName: "it's" },
      });

      logging.bindTo(instanceIn(stack, 'windows'));

      const [resource] = resources(stack, 'AWS::EC2::Instance');
      expect(userDataOf(resource!)).toContain(
        `[Environment]::SetEnvironmentVariable('FAPILOG_CLOUDWATCH__LOG_STREAM_NAME', 'it''s', 'Machine')\n` +
          `$env:FAPILOG_CLOUDWATCH__LOG_STREAM_NAME = 'it''s'`,
      );
    });

    test('an Auto Scaling group and a launch template export them, too', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);

      logging.bindTo(groupIn(stack));

      const [resource] = resources(stack, 'AWS::EC2::LaunchTemplate');
      expect(userDataOf(resource!)).toContain(commands(stack, logging));
      expect(policyDocuments(stack)).toEqual([writerPolicy(logging), writerPolicy(logging)]);
    });

    test('a launch template alone', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);

      logging.bindTo(launchTemplateIn(stack));

      const [resource] = resources(stack, 'AWS::EC2::LaunchTemplate');
      expect(userDataOf(resource!)).toBe(`#!/bin/bash\n${commands(stack, logging)}`);
      expect(policyDocuments(stack)).toEqual([writerPolicy(logging), writerPolicy(logging)]);
    });

    test('a machine of neither system is refused, too', () => {
      const stack = newStack(context);
      const userData = ec2.UserData.custom('#cloud-config');
      const machineImage: ec2.IMachineImage = {
        getImage: () => ({ imageId: 'ami-0', osType: ec2.OperatingSystemType.UNKNOWN, userData }),
      };
      const template = new ec2.LaunchTemplate(stack, 'LaunchTemplate', {
        machineImage,
        userData,
        role: roleIn(stack),
      });

      expect(() => loggingIn(stack).bindTo(template)).toThrow(
        'Stack/LaunchTemplate: cannot set variables on a machine whose operating system is not known',
      );
      expect(userData.render()).toBe('#cloud-config');
    });

    test('machines that share their user data share their variables', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const template = launchTemplateIn(stack);
      const another = new ec2.LaunchTemplate(stack, 'Another', {
        machineImage: ec2.MachineImage.genericLinux({ [region]: 'ami-0123456789abcdef0' }),
        userData: template.userData!,
        role: roleIn(stack),
      });

      logging.bindTo(template, { service: 'api' });
      logging.bindTo(another, { service: 'api' });

      expect(template.userData!.render().match(/^export FAPILOG_SERVICE=/gm)).toHaveLength(1);
      expect(() => logging.bindTo(another, { service: 'worker' })).toThrow(
        new Error(
          'Stack/Another: cannot set FAPILOG_SERVICE to "worker" for Stack/Logging, because Stack/Logging has set it ' +
            'to "api"; bind it once, with all its options',
        ),
      );
      expect(template.userData!.render()).not.toContain('worker');
    });

    test('a machine whose system is not known is refused, and not changed', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const template = new ec2.LaunchTemplate(stack, 'LaunchTemplate', { role: roleIn(stack) });

      expect(() => logging.bindTo(template)).toThrow(
        new Error(
          'Stack/LaunchTemplate: cannot set variables on a machine whose user data and operating system are not known; ' +
            'give it, or the launch template that it uses, userData and machineImage, or grant its role access with ' +
            'grantWrite(…) and put what toUserData() returns into its user data',
        ),
      );
      expect(policyDocuments(stack)).toEqual([writerPolicy(logging)]);
    });
  });

  describe('anything else', () => {
    test('that has addEnvironment and a grant principal is bound', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const service = new Service(stack);

      logging.bindTo(service);

      expect(stack.resolve(service.found)).toEqual(stack.resolve(logging.environment));
      expect(policyDocuments(stack)).toEqual([writerPolicy(logging), writerPolicy(logging)]);
    });

    test('that has not is refused with what can be bound', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);
      const resource: any = new CfnResource(stack, 'Thing', { type: 'AWS::App::Thing' });

      expect(() => logging.bindTo(resource)).toThrow(
        'Stack/Thing: cannot bind a construct that has no addEnvironment and no grant principal; ' +
          'bind a function, a task definition, a container, an instance, an Auto Scaling group or a launch template, ' +
          'and for anything else use grantWrite(…) and environment',
      );
    });
  });

  describe('options', () => {
    test('are checked like the rest, all at once', () => {
      const logging = loggingIn(newStack(context));
      const fn = functionIn(newStack(context));

      const bind = (): unknown =>
        logging.bindTo(fn, { streamPrefix: 'a:b', logLevel: 'loud', settings: { batchSize: 0 } });

      expect(bind).toThrow(
        'invalid settings:\n' +
          '  - Stack/Logging.bindTo(Stack/Function).logLevel is "loud"; allowed: one of trace, debug, info, warn, error, ' +
          'fatal, silent (also warning, critical), in any case\n' +
          '  - Stack/Logging.bindTo(Stack/Function).settings.batchSize is 0; allowed: an integer from 1 to 10000\n' +
          '  - Stack/Logging.bindTo(Stack/Function).streamPrefix is "a:b"; allowed: ',
      );
    });

    test('cannot name a stream that the prefix excludes', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { settings: { logStreamName: 'web-1' } });

      expect(() => logging.bindTo(functionIn(stack), { streamPrefix: 'api' })).toThrow(
        'settings.logStreamName is "web-1"; allowed: a name that begins with "api", because ' +
          'Stack/Logging.bindTo(Stack/Function).settings.logStreamPrefix says so',
      );
    });

    test('have one way to say the prefix', () => {
      const stack = newStack(context);
      const bind = (): unknown =>
        loggingIn(stack).bindTo(functionIn(stack), {
          streamPrefix: 'api',
          settings: { logStreamPrefix: 'web' },
        });

      expect(bind).toThrow('allowed: one prefix, in streamPrefix alone; it is "api" there');
    });

    test.each([
      [
        'a name',
        { logStreamName: 'api-1' },
        ':log-stream:api-1',
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
      ],
      [
        'a name that exists',
        { logStreamName: 'api-1', createLogStream: false },
        ':log-stream:api-1',
        'logs:PutLogEvents',
      ],
      [
        'signs that mean something else in a policy',
        { logStreamName: 'a?${b}' },
        ':log-stream:a${?}${$}{b}',
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
      ],
      [
        'a prefix',
        { logStreamPrefix: 'api/' },
        ':log-stream:api/*',
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
      ],
    ])('narrow the grant to %s', (__, settings, ending, actions) => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { logGroupName: '/myapp/production' });

      logging.bindTo(functionIn(stack), { settings });

      const narrow = policyDocuments(stack).find(({ Statement }) =>
        JSON.stringify(Statement).includes('log-stream'),
      );
      expect(narrow.Statement).toHaveLength(1);
      expect(narrow.Statement[0].Action).toEqual(actions);
      expect(narrow.Statement[0].Resource['Fn::Join'][1].at(-1)).toBe(ending);
    });
  });
});
