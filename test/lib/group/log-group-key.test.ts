import { App, Aws, CfnParameter, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { defineLogGroup } from '../../../lib/group/define-log-group.js';
import type { LogGroupProps } from '../../../lib/group/log-group-props.js';
import {
  account,
  flagSets,
  functionIn,
  newStack,
  region,
  resources,
  warnings,
  type Context,
} from '../stacks.js';

const ACTIONS = ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** The name under which the stack is deployed. */
const STACK_NAME = { Ref: 'AWS::StackName' };

const BROAD =
  'the policy of encryptionKey lets CloudWatch Logs use it for every log group of the account, because the name ' +
  "of this one is not known in the key's stack; set logGroupName to plain text, or use a key of the log group's stack " +
  '[ack: fapilog-cloudwatch:broadKeyPolicy]';

/** Lets the service use the key for log groups of this ARN. */
function admits(
  operator: 'ArnEquals' | 'ArnLike',
  arn: unknown,
  service: unknown = regional(region),
): object {
  return {
    Effect: 'Allow',
    Principal: { Service: service },
    Action: ACTIONS,
    Resource: '*',
    Condition: { [operator]: { 'kms:EncryptionContext:aws:logs:arn': arn } },
  };
}

function regional(of: string, suffix = 'amazonaws.com'): string {
  return `logs.${of}.${suffix}`;
}

/** CDK writes the partition out, or leaves it to CloudFormation. */
function groupArn(context: Context, name: unknown, { partition = 'aws', of = region } = {}): unknown {
  const isLiteral = '@aws-cdk/core:enablePartitionLiterals' in context;
  const parts = [
    ...(isLiteral ? [`arn:${partition}:`] : ['arn:', { Ref: 'AWS::Partition' }, ':']),
    `logs:${of}:${account}:log-group:`,
    ...[name].flat(),
  ];
  return joined(parts);
}

/** As CDK writes a text with references. */
function joined(parts: readonly unknown[]): unknown {
  const merged: unknown[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return merged.length === 1 ? merged[0] : { 'Fn::Join': ['', merged] };
}

/** The statements of the only key, without the first, which gives the key to its account. */
function admitted(stack: Stack): unknown[] {
  const [key, ...others] = resources(stack, 'AWS::KMS::Key');
  expect(others).toEqual([]);
  const [accounts, ...rest] = key!['Properties'].KeyPolicy.Statement;
  expect(accounts.Principal).toEqual({ AWS: expect.anything() });
  return rest;
}

/** CDK itself warns of references between stacks. */
function ourWarnings(stack: Stack): unknown[] {
  return warnings(stack).filter((text) => String(text).includes('[ack: fapilog-cloudwatch:'));
}

function groupIn(scope: Construct, props: LogGroupProps): logs.LogGroup {
  return defineLogGroup(new Construct(scope, 'Logging'), props);
}

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(flagSets)('key of a log group %s', (_, context) => {
  test('of its own rotates, admits this log group and no other, and stays with it', () => {
    const stack = newStack(context);

    const logGroup = groupIn(stack, { encryptionKey: true });

    const id = stack.resolve(logGroup.logGroupName).Ref;
    expect(id).toMatch(/^LoggingLogGroup/);
    expect(resources(stack, 'AWS::KMS::Key')).toEqual([
      {
        Type: 'AWS::KMS::Key',
        Properties: {
          EnableKeyRotation: true,
          KeyPolicy: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'kms:*',
                Principal: { AWS: rootArn(context) },
                Resource: '*',
              },
              admits('ArnLike', groupArn(context, [STACK_NAME, `-${id}-*`])),
            ],
          },
        },
        UpdateReplacePolicy: 'Retain',
        DeletionPolicy: 'Retain',
      },
    ]);
    expect(ourWarnings(stack)).toEqual([]);
  });

  test('of its own is what the log group is encrypted with, and goes with it', () => {
    const stack = newStack(context);

    groupIn(stack, { encryptionKey: true, removalPolicy: RemovalPolicy.DESTROY });

    const [keyId] = Object.keys(Template.fromStack(stack).findResources('AWS::KMS::Key'));
    const [group] = resources(stack, 'AWS::Logs::LogGroup');
    const [key] = resources(stack, 'AWS::KMS::Key');
    expect(keyId).toMatch(/^LoggingKey/);
    expect(group!['Properties'].KmsKeyId).toEqual({ 'Fn::GetAtt': [keyId, 'Arn'] });
    expect([group!['DeletionPolicy'], key!['DeletionPolicy']]).toEqual(['Delete', 'Delete']);
  });

  test.each(['own', 'given'])('%s admits a log group by its name', (which) => {
    const stack = newStack(context);
    const encryptionKey = which === 'own' ? true : new kms.Key(stack, 'Given');

    groupIn(stack, { encryptionKey, logGroupName: '/myapp/production' });

    expect(admitted(stack)).toEqual([admits('ArnEquals', groupArn(context, '/myapp/production'))]);
    expect(ourWarnings(stack)).toEqual([]);
  });

  test('given admits each log group that it encrypts', () => {
    const stack = newStack(context);
    const encryptionKey = new kms.Key(stack, 'Given');

    groupIn(new Construct(stack, 'A'), { encryptionKey, logGroupName: '/a' });
    groupIn(new Construct(stack, 'B'), { encryptionKey, logGroupName: '/b' });

    expect(admitted(stack)).toEqual([
      admits('ArnEquals', groupArn(context, '/a')),
      admits('ArnEquals', groupArn(context, '/b')),
    ]);
  });

  test('given admits a log group of generated name, also through an alias', () => {
    const stack = newStack(context);
    const encryptionKey = new kms.Key(stack, 'Given').addAlias('alias/logs');

    const logGroup = groupIn(stack, { encryptionKey });

    const id = stack.resolve(logGroup.logGroupName).Ref;
    expect(admitted(stack)).toEqual([admits('ArnLike', groupArn(context, [STACK_NAME, `-${id}-*`]))]);
  });

  test('follows a logical id that is overridden later', () => {
    const stack = newStack(context);
    const logGroup = groupIn(stack, { encryptionKey: true });

    (logGroup.node.defaultChild as logs.CfnLogGroup).overrideLogicalId('Renamed');

    expect(admitted(stack)).toEqual([admits('ArnLike', groupArn(context, [STACK_NAME, '-Renamed-*']))]);
  });

  test('admits a log group whose name is a parameter', () => {
    const stack = newStack(context);
    const { valueAsString: logGroupName } = new CfnParameter(stack, 'Name');

    groupIn(stack, { encryptionKey: true, logGroupName });

    expect(admitted(stack)).toEqual([admits('ArnEquals', groupArn(context, [{ Ref: 'Name' }]))]);
    expect(ourWarnings(stack)).toEqual([]);
  });

  test('makes no cycle with a function that logs there', () => {
    const stack = newStack(context);
    const logGroup = groupIn(stack, { encryptionKey: true });

    functionIn(stack, { logGroup });

    expect(() => Template.fromStack(stack)).not.toThrow();
    expect(resources(stack, 'AWS::Lambda::Function')[0]!['Properties'].LoggingConfig).toEqual({
      LogGroup: stack.resolve(logGroup.logGroupName),
    });
  });

  describe('in a nested stack', () => {
    test('admits the log group by the name that CloudFormation gives the stack', () => {
      const stack = newStack(context);
      const nested = new NestedStack(stack, 'Nested');

      const logGroup = groupIn(nested, { encryptionKey: true });

      const id = nested.resolve(logGroup.logGroupName).Ref;
      const name = [STACK_NAME, `-${id}-*`];
      expect(admitted(nested)).toEqual([admits('ArnLike', groupArn(context, name))]);
      expect(ourWarnings(stack)).toEqual([]);
    });

    test('admits a log group of the stack around the key by the name of that stack, without a cycle', () => {
      const stack = newStack(context);
      const nested = new NestedStack(stack, 'Nested');

      const logGroup = groupIn(stack, { encryptionKey: new kms.Key(nested, 'Given') });

      const id = stack.resolve(logGroup.logGroupName).Ref;
      const name = [{ Ref: 'referencetoStackAWSStackName' }, `-${id}-*`];
      expect(admitted(nested)).toEqual([admits('ArnLike', groupArn(context, name))]);
      const [nesting] = resources(stack, 'AWS::CloudFormation::Stack');
      expect(nesting!['Properties'].Parameters).toEqual({ referencetoStackAWSStackName: STACK_NAME });
      expect(ourWarnings(stack)).toEqual([]);
    });

    test('admits every log group when the key is outside, and warns', () => {
      const stack = newStack(context);
      const encryptionKey = new kms.Key(stack, 'Given');
      const nested = new NestedStack(stack, 'Nested');

      groupIn(nested, { encryptionKey });

      expect(admitted(stack)).toEqual([admits('ArnLike', groupArn(context, '*'))]);
      expect(ourWarnings(stack)).toEqual([BROAD]);
    });
  });

  describe('in another stack', () => {
    function twoStacks(theirs = region): { keys: Stack; stack: Stack; encryptionKey: kms.Key } {
      const app = new App({ context: { ...context } });
      const keys = new Stack(app, 'Keys', { env: { account, region: theirs } });
      const stack = new Stack(app, 'Stack', { env: { account, region } });
      return { keys, stack, encryptionKey: new kms.Key(keys, 'Given') };
    }

    test.each<[string, LogGroupProps, 'ArnEquals' | 'ArnLike', (id: string) => string]>([
      ['name', { logGroupName: '/myapp/production' }, 'ArnEquals', () => '/myapp/production'],
      ['generated name', {}, 'ArnLike', (id) => `Stack-${id}-*`],
    ])('admits a log group by its %s, and the stacks depend one way', (__, props, operator, name) => {
      const { keys, stack, encryptionKey } = twoStacks();

      const logGroup = groupIn(stack, { ...props, encryptionKey });

      const id = stack.getLogicalId(logGroup.node.defaultChild as logs.CfnLogGroup);
      expect(admitted(keys)).toEqual([admits(operator, groupArn(context, name(id)))]);
      expect(resources(stack, 'AWS::Logs::LogGroup')).toHaveLength(1);
      expect(ourWarnings(stack)).toEqual([]);
      expect(keys.dependencies).toEqual([]);
    });

    test('admits every log group when the name is a parameter, and warns', () => {
      const { keys, stack, encryptionKey } = twoStacks();
      const { valueAsString: logGroupName } = new CfnParameter(stack, 'Name');

      groupIn(stack, { encryptionKey, logGroupName });

      expect(admitted(keys)).toEqual([admits('ArnLike', groupArn(context, '*'))]);
      expect(ourWarnings(stack)).toEqual([BROAD]);
    });

    test('and in another Region is refused', () => {
      const { stack, encryptionKey } = twoStacks('us-west-2');

      expect(() => groupIn(stack, { encryptionKey })).toThrow(
        new Error(
          'Stack/Logging/LogGroup: encryptionKey is in us-west-2, and the log group in eu-central-1; ' +
            "CloudWatch Logs uses keys of the log group's Region only, such as a replica of a multi-Region key",
        ),
      );
    });
  });

  describe('that is imported', () => {
    const arn = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

    function warning(stack: Stack): string {
      const [text, ...others] = ourWarnings(stack);
      expect(others).toEqual([]);
      return String(text);
    }

    test('needs a statement, which is told to the letter', () => {
      const stack = newStack(context);
      const encryptionKey = kms.Key.fromKeyArn(stack, 'Imported', arn);

      groupIn(stack, { encryptionKey, logGroupName: '/myapp/production' });

      const statement = {
        Action: ACTIONS,
        Condition: {
          ArnEquals: {
            'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:log-group:/myapp/production`,
          },
        },
        Effect: 'Allow',
        Principal: { Service: regional(region) },
        Resource: '*',
      };
      expect(warning(stack)).toBe(
        'encryptionKey is imported, and its policy cannot be changed from here; without this statement in it, the ' +
          `deployment is refused: ${JSON.stringify(statement)} [ack: fapilog-cloudwatch:keyPolicy]`,
      );
      expect(resources(stack, 'AWS::Logs::LogGroup')[0]!['Properties'].KmsKeyId).toBe(arn);
    });

    test.each([
      ['of the same Region', region],
      ['of whatever Region the stack is deployed to', Aws.REGION],
    ])('may be a replica of a multi-Region key, %s', (__, keyRegion) => {
      const stack = newStack(context);
      const replica = `arn:aws:kms:${keyRegion}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;

      groupIn(stack, { encryptionKey: kms.Key.fromKeyArn(stack, 'Imported', replica) });

      const [group] = resources(stack, 'AWS::Logs::LogGroup');
      expect(group!['Properties'].KmsKeyId).toEqual(stack.resolve(replica));
    });

    test('may not be a replica in another Region', () => {
      const stack = newStack(context);
      const replica = `arn:aws:kms:us-east-1:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
      const encryptionKey = kms.Key.fromKeyArn(stack, 'Imported', replica);

      expect(() => groupIn(stack, { encryptionKey })).toThrow(
        'Stack/Logging/LogGroup: encryptionKey is in us-east-1, and the log group in eu-central-1',
      );
    });

    test('admits a generated name, with placeholders for what is known at deployment only', () => {
      const stack = newStack(context, {});
      const encryptionKey = kms.Key.fromKeyArn(stack, 'Imported', arn);

      const logGroup = groupIn(stack, { encryptionKey });

      const id = stack.resolve(logGroup.logGroupName).Ref;
      expect(warning(stack)).toContain(
        '{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:${AWS::Partition}:logs:${AWS::Region}:' +
          `\${AWS::AccountId}:log-group:Stack-${id}-*"}}`,
      );
      expect(warning(stack)).toContain(
        "; the log group's name begins with the name of the stack, so that a template that is deployed under another " +
          'name needs that name in the statement [ack: fapilog-cloudwatch:keyPolicy]',
      );
      expect(warning(stack)).toContain('{"Service":"logs.${AWS::Region}.${AWS::URLSuffix}"}');
    });
  });

  test.each([
    ['eu-central-1', 'aws', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ])('admits the service of %s', (of, partition, suffix) => {
    const stack = newStack(context, { env: { account, region: of } });

    groupIn(stack, { encryptionKey: true, logGroupName: '/myapp/production' });

    const arn = groupArn(context, '/myapp/production', { partition, of });
    expect(admitted(stack)).toEqual([admits('ArnEquals', arn, regional(of, suffix))]);
  });

  test('admits the service of whatever Region the stack is deployed to', () => {
    const stack = newStack(context, {});

    groupIn(stack, { encryptionKey: true, logGroupName: '/myapp/production' });

    const [partition, of, owner, suffix] = ['Partition', 'Region', 'AccountId', 'URLSuffix'].map((name) => ({
      Ref: `AWS::${name}`,
    }));
    const arn = joined(['arn:', partition, ':logs:', of, ':', owner, ':log-group:/myapp/production']);
    expect(admitted(stack)).toEqual([admits('ArnEquals', arn, joined(['logs.', of, '.', suffix]))]);
  });
});

function rootArn(context: Context): unknown {
  return '@aws-cdk/core:enablePartitionLiterals' in context
    ? `arn:aws:iam::${account}:root`
    : joined(['arn:', { Ref: 'AWS::Partition' }, `:iam::${account}:root`]);
}
