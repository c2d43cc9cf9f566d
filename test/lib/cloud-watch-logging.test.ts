import { Aws, CfnParameter, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { parseEnvironment } from '../../contract/codec.js';
import { CloudWatchLogging } from '../../lib/index.js';
import {
  account,
  deployedVariables,
  flagSets,
  functionIn,
  logGroupId,
  loggingIn,
  newStack,
  policyDocuments,
  region,
  resources,
  variables,
  writerPolicy,
} from './stacks.js';

/** The fields of the line that are indexed unless others are named. */
const FieldIndexPolicies = [{ Fields: ['level', 'service', 'requestId'] }];

/** The variables of every environment. */
function required(logging: CloudWatchLogging) {
  return {
    FAPILOG_CORE__SINKS: '["cloudwatch"]',
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: { Ref: logGroupId(logging) },
    FAPILOG_CLOUDWATCH__REGION: region,
    FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
  };
}

function otherRegion(stack: Stack): Stack {
  return new Stack(stack, 'Elsewhere', { env: { account, region: 'us-west-2' } });
}

/** Makes a function one of Lambda@Edge. */
function onEdge(stack: Stack, fn: lambda.Function): cloudfront.Distribution {
  const eventType = cloudfront.LambdaEdgeEventType.VIEWER_REQUEST;
  return new cloudfront.Distribution(stack, 'Distribution', {
    defaultBehavior: {
      origin: new origins.HttpOrigin('origin.example.com'),
      edgeLambdas: [{ functionVersion: fn.currentVersion, eventType }],
    },
  });
}

describe.each(flagSets)('CloudWatchLogging %s', (_, context) => {
  describe('log group', () => {
    test('has a generated name, one month of retention, and outlives its stack', () => {
      const stack = newStack(context);

      loggingIn(stack);

      expect(resources(stack, 'AWS::Logs::LogGroup')).toEqual([
        {
          Type: 'AWS::Logs::LogGroup',
          Properties: { RetentionInDays: 30, FieldIndexPolicies },
          UpdateReplacePolicy: 'Retain',
          DeletionPolicy: 'Retain',
        },
      ]);
    });

    test('is as the props say', () => {
      const stack = newStack(context);

      loggingIn(stack, {
        logGroupName: '/myapp/production',
        retention: logs.RetentionDays.ONE_WEEK,
        removalPolicy: RemovalPolicy.DESTROY,
      });

      expect(resources(stack, 'AWS::Logs::LogGroup')).toEqual([
        {
          Type: 'AWS::Logs::LogGroup',
          Properties: { LogGroupName: '/myapp/production', RetentionInDays: 7, FieldIndexPolicies },
          UpdateReplacePolicy: 'Delete',
          DeletionPolicy: 'Delete',
        },
      ]);
    });

    test('keeps its events for ever when asked to', () => {
      const stack = newStack(context);

      loggingIn(stack, { retention: logs.RetentionDays.INFINITE });

      expect(resources(stack, 'AWS::Logs::LogGroup')[0]?.['Properties']).toEqual({ FieldIndexPolicies });
    });
  });

  describe('writer role', () => {
    test('may create streams and put events in this log group, and nothing else', () => {
      const stack = newStack(context);

      const logging = loggingIn(stack, { logGroupName: '/myapp/production' });

      expect(policyDocuments(stack)).toEqual([writerPolicy(logging)]);
    });

    test('trusts the Lambda service and has no policy besides', () => {
      const stack = newStack(context);

      loggingIn(stack);

      const [role, ...others] = resources(stack, 'AWS::IAM::Role');
      expect(others).toEqual([]);
      expect(role?.['Properties']).toEqual({
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
          ],
        },
      });
    });

    test('trusts whom the props name', () => {
      const stack = newStack(context);
      const assumedBy = new iam.ServicePrincipal('ecs-tasks.amazonaws.com');

      loggingIn(stack, { assumedBy });

      const [role] = resources(stack, 'AWS::IAM::Role');
      expect(role?.['Properties'].AssumeRolePolicyDocument.Statement).toEqual([
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } },
      ]);
    });
  });

  describe('environment', () => {
    test('names the sink, the log group and the Region', () => {
      const stack = newStack(context);

      const logging = loggingIn(stack);

      expect(stack.resolve(logging.environment)).toEqual(required(logging));
    });

    test('has the level and the settings that were given', () => {
      const stack = newStack(context);

      const logging = loggingIn(stack, {
        logGroupName: '/myapp/production',
        logLevel: 'warn',
        settings: {
          logStreamName: 'api',
          batchSize: 50,
          batchTimeoutSeconds: '500ms',
          maxRetries: undefined,
        },
      });

      expect(stack.resolve(logging.environment)).toEqual({
        ...required(logging),
        FAPILOG_CORE__LOG_LEVEL: 'WARNING',
        FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'api',
        FAPILOG_CLOUDWATCH__BATCH_SIZE: '50',
        FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: '0.5',
      });
    });

    test('is a copy', () => {
      const logging = loggingIn(newStack(context));

      logging.environment['FAPILOG_CORE__SINKS'] = '[]';

      expect(logging.environment['FAPILOG_CORE__SINKS']).toBe('["cloudwatch"]');
    });

    test('has the Region of the deployment in a stack for any environment', () => {
      const stack = newStack(context, {});

      const logging = loggingIn(stack);

      expect(stack.resolve(logging.environment)).toMatchObject({
        FAPILOG_CLOUDWATCH__REGION: { Ref: 'AWS::Region' },
      });
    });
  });

  describe('bindTo', () => {
    test('gives a function the variables, and its own role the writer policy', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, { settings: { batchSize: 50 } });
      const fn = functionIn(stack, { environment: { MINE: 'kept' } });

      const grant = logging.bindTo(fn);

      expect(grant.success).toBe(true);
      expect(variables(stack)).toEqual({
        MINE: 'kept',
        ...stack.resolve(logging.environment),
      });
      expect(policyDocuments(stack)).toEqual([writerPolicy(logging), writerPolicy(logging)]);
    });

    test('adds no policy, statement or log group for a function with the writer role and the log group', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);

      logging.bindTo(functionIn(stack, logging));

      expect(policyDocuments(stack)).toEqual([writerPolicy(logging)]);
      const template = Template.fromStack(stack);
      template.resourceCountIs('AWS::Logs::LogGroup', 1);
      template.resourceCountIs('AWS::IAM::Role', 1);
      expect(resources(stack, 'AWS::IAM::Role')[0]?.['Properties']).not.toHaveProperty('ManagedPolicyArns');
    });

    test('changes nothing the second time', () => {
      const stacks = [newStack(context), newStack(context)] as const;
      const [once, twice] = stacks.map((stack) => ({ logging: loggingIn(stack), fn: functionIn(stack) }));

      once!.logging.bindTo(once!.fn);
      twice!.logging.bindTo(twice!.fn);
      twice!.logging.bindTo(twice!.fn);

      const [first, second] = stacks.map((stack) => Template.fromStack(stack).toJSON());
      expect(second).toEqual(first);
    });

    test('makes the function wait for its permission', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack);

      logging.bindTo(functionIn(stack, logging));

      const policies = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
      expect(resources(stack, 'AWS::Lambda::Function')[0]).toMatchObject({
        DependsOn: expect.arrayContaining(policies),
      });
    });

    test('leaves no variables on Lambda@Edge, where they would fail the synthesis', () => {
      const stack = newStack(context, { env: { account, region: 'us-east-1' } });
      const logging = loggingIn(stack);
      const role = new iam.Role(stack, 'Own', {
        assumedBy: new iam.CompositePrincipal(
          new iam.ServicePrincipal('lambda.amazonaws.com'),
          new iam.ServicePrincipal('edgelambda.amazonaws.com'),
        ),
      });
      const fn = functionIn(stack, { role });
      onEdge(stack, fn);

      logging.bindTo(fn);

      expect(resources(stack, 'AWS::Lambda::Function')[0]?.['Properties']).not.toHaveProperty('Environment');
    });

    test('injects what the sink reads back', () => {
      const stack = newStack(context);
      const logging = loggingIn(stack, {
        logGroupName: '/myapp/production',
        logLevel: 'debug',
        settings: { logStreamName: 'api', batchSize: 50, batchTimeoutSeconds: 2, createLogStream: false },
      });

      logging.bindTo(functionIn(stack, logging));

      const references = { [logGroupId(logging)]: '/myapp/production' };
      expect(parseEnvironment(deployedVariables(stack, references))).toMatchObject({
        settings: {
          core: { sinks: ['cloudwatch'], logLevel: 'debug' },
          cloudwatch: {
            logGroupName: '/myapp/production',
            logStreamName: 'api',
            region,
            batchSize: 50,
            batchTimeoutSeconds: 2,
            createLogGroup: false,
            createLogStream: false,
          },
        },
        problems: [],
        notices: [],
      });
    });
  });

  describe('tokens', () => {
    test('pass the checks and reach the template and the environment', () => {
      const stack = newStack(context, {});
      const name = new CfnParameter(stack, 'Name').valueAsString;
      const size = new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber;
      const days: any = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
      const level = new CfnParameter(stack, 'Level').valueAsString;
      const timeout = Token.asString({ Ref: new CfnParameter(stack, 'Timeout').logicalId });

      const logging = loggingIn(stack, {
        logGroupName: name,
        retention: days,
        logLevel: level,
        settings: {
          logStreamName: `api:${Aws.STACK_NAME}`,
          batchSize: size,
          batchTimeoutSeconds: timeout,
          maxRetries: size,
        },
      });
      logging.bindTo(functionIn(stack, logging));

      expect(resources(stack, 'AWS::Logs::LogGroup')[0]?.['Properties']).toEqual({
        LogGroupName: { Ref: 'Name' },
        RetentionInDays: { Ref: 'Days' },
        FieldIndexPolicies,
      });
      expect(variables(stack)).toEqual({
        FAPILOG_CORE__SINKS: '["cloudwatch"]',
        FAPILOG_CORE__LOG_LEVEL: { Ref: 'Level' },
        FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: { Ref: logGroupId(logging) },
        FAPILOG_CLOUDWATCH__REGION: { Ref: 'AWS::Region' },
        FAPILOG_CLOUDWATCH__RETENTION_IN_DAYS: { Ref: 'Days' },
        FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
        FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: { 'Fn::Join': ['', ['api:', { Ref: 'AWS::StackName' }]] },
        FAPILOG_CLOUDWATCH__BATCH_SIZE: { Ref: 'Size' },
        FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: { Ref: 'Timeout' },
        FAPILOG_CLOUDWATCH__MAX_RETRIES: { Ref: 'Size' },
      });
    });

    test('are checked by the sink once they are values', () => {
      const stack = newStack(context);
      const size = new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber;
      const logging = loggingIn(stack, { settings: { batchSize: size } });
      logging.bindTo(functionIn(stack, logging));
      const read = (value: string) =>
        parseEnvironment(deployedVariables(stack, { Size: value, [logGroupId(logging)]: 'Stack-Logging-1' }));

      expect(read('50').settings.cloudwatch.batchSize).toBe(50);
      expect(read('50').problems).toEqual([]);
      expect(read('20000').problems).toEqual([
        {
          where: 'FAPILOG_CLOUDWATCH__BATCH_SIZE',
          value: '20000',
          allowed: 'an integer from 1 to 10000',
        },
      ]);
    });
  });

  describe('another Region of the account', () => {
    test('gets the log group by name, with its own Region and all of its streams', () => {
      const stack = newStack(context);
      const other = otherRegion(stack);
      const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
      const fn = functionIn(other);

      logging.bindTo(fn);

      const [document] = policyDocuments(other);
      const arn = `arn:${stack.partition}:logs:${region}:${account}:log-group:/myapp/production:*`;
      expect(document.Statement[0].Resource).toEqual(other.resolve(arn));
      expect(variables(other)).toEqual({
        FAPILOG_CORE__SINKS: '["cloudwatch"]',
        FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
        FAPILOG_CLOUDWATCH__REGION: region,
        FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
      });
    });

    test('needs a name', () => {
      const stack = newStack(context);
      const other = otherRegion(stack);
      const logging = loggingIn(stack);

      expect(() => logging.bindTo(functionIn(other))).toThrow(
        new Error(
          'Stack/Logging: cannot bind Stack/Elsewhere/Function, which is in another account or Region, to a log group ' +
            'whose name CloudFormation generates; give it a logGroupName',
        ),
      );
    });
  });

  test('has ids that stay, because a changed one replaces a log group', () => {
    const logging = loggingIn(newStack(context));

    const paths = logging.node.findAll().map(({ node }) => node.path);

    expect(paths).toEqual([
      'Stack/Logging',
      'Stack/Logging/LogGroup',
      'Stack/Logging/LogGroup/Resource',
      'Stack/Logging/WriterRole',
      'Stack/Logging/WriterRole/Resource',
      'Stack/Logging/WriterRole/DefaultPolicy',
      'Stack/Logging/WriterRole/DefaultPolicy/Resource',
    ]);
  });
});

test('isCloudWatchLogging knows a CloudWatchLogging from another copy of the package', () => {
  const logging = loggingIn(newStack());
  const copy = { [Symbol.for('fapilog-cloudwatch.CloudWatchLogging')]: true };

  expect([logging, copy, {}, null, 'Logging'].map((x) => CloudWatchLogging.isCloudWatchLogging(x))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
