import { CfnParameter, RemovalPolicy, Tags } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { defineLogGroup } from '../../../lib/group/define-log-group.js';
import type { LogGroupProps } from '../../../lib/group/log-group-props.js';
import { Sensitive } from '../../../lib/group/sensitive.js';
import { flagSets, newStack, resources } from '../stacks.js';

const { INFREQUENT_ACCESS, STANDARD } = logs.LogGroupClass;

const usual = { RetentionInDays: 30, FieldIndexPolicies: [{ Fields: ['level', 'service', 'requestId'] }] };

describe.each(flagSets)('log group %s', (_, context) => {
  /** The only log group of a stack. */
  function defined(props: LogGroupProps): unknown {
    const stack = newStack(context);
    defineLogGroup(new Construct(stack, 'Logging'), props);
    const [group, ...others] = resources(stack, 'AWS::Logs::LogGroup');
    expect(others).toEqual([]);
    return group;
  }

  function properties(props: LogGroupProps): unknown {
    return (defined(props) as { Properties: unknown }).Properties;
  }

  test('has a generated name, one month of retention, the indexes of our line, and outlives its stack', () => {
    expect(defined({})).toEqual({
      Type: 'AWS::Logs::LogGroup',
      Properties: usual,
      UpdateReplacePolicy: 'Retain',
      DeletionPolicy: 'Retain',
    });
  });

  test('is as the props say', () => {
    const group = defined({
      logGroupName: '/myapp/production',
      retention: logs.RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
      deletionProtection: false,
      logGroupClass: STANDARD,
      fieldIndexes: ['tenant', 'orderId'],
    });

    expect(group).toEqual({
      Type: 'AWS::Logs::LogGroup',
      Properties: {
        LogGroupName: '/myapp/production',
        RetentionInDays: 7,
        DeletionProtectionEnabled: false,
        LogGroupClass: 'STANDARD',
        FieldIndexPolicies: [{ Fields: ['tenant', 'orderId'] }],
      },
      UpdateReplacePolicy: 'Delete',
      DeletionPolicy: 'Delete',
    });
  });

  test.each<[string, LogGroupProps, object]>([
    [
      'for ever',
      { retention: logs.RetentionDays.INFINITE },
      { FieldIndexPolicies: usual.FieldIndexPolicies },
    ],
    ['protected', { deletionProtection: true }, { ...usual, DeletionProtectionEnabled: true }],
    ['without indexes', { fieldIndexes: [] }, { RetentionInDays: 30 }],
    [
      'in a class without indexes',
      { logGroupClass: INFREQUENT_ACCESS },
      { RetentionInDays: 30, LogGroupClass: 'INFREQUENT_ACCESS' },
    ],
    ['with undefined for everything', { logGroupName: undefined, fieldIndexes: undefined }, usual],
  ])('may be %s', (__, props, expected) => {
    expect(properties(props)).toEqual(expected);
  });

  test('has no indexes of ours in a class that is known at deployment only', () => {
    const stack = newStack(context);
    const logGroupClass = new CfnParameter(stack, 'Class').valueAsString as logs.LogGroupClass;

    defineLogGroup(new Construct(stack, 'Logging'), { logGroupClass });

    const [group] = resources(stack, 'AWS::Logs::LogGroup');
    expect(group!['Properties']).toEqual({ RetentionInDays: 30, LogGroupClass: { Ref: 'Class' } });
  });

  test('masks what is sensitive', () => {
    const policy = { identifiers: [new logs.CustomDataIdentifier('Order', 'order-[0-9]{6}')] };

    const bySensitive = properties({ sensitive: policy.identifiers.map((each) => Sensitive.managed(each)) });
    const byPolicy = properties({ dataProtectionPolicy: new logs.DataProtectionPolicy(policy) });

    expect(bySensitive).toEqual({
      ...usual,
      DataProtectionPolicy: {
        Name: 'data-protection-policy-cdk',
        Description: 'cdk generated data protection policy',
        Version: '2021-06-01',
        Configuration: { CustomDataIdentifier: [{ Name: 'Order', Regex: 'order-[0-9]{6}' }] },
        Statement: [
          {
            Sid: 'audit-statement-cdk',
            DataIdentifier: ['Order'],
            Operation: { Audit: { FindingsDestination: {} } },
          },
          {
            Sid: 'redact-statement-cdk',
            DataIdentifier: ['Order'],
            Operation: { Deidentify: { MaskConfig: {} } },
          },
        ],
      },
    });
    expect(byPolicy).toEqual(bySensitive);
  });

  test('has no policy for what only the sink hides', () => {
    expect(properties({ sensitive: [Sensitive.field('customer.iban')] })).toEqual(usual);
  });

  test('takes tags', () => {
    const stack = newStack(context);
    const logGroup = defineLogGroup(new Construct(stack, 'Logging'), {});

    Tags.of(logGroup).add('team', 'payments');

    const [group] = resources(stack, 'AWS::Logs::LogGroup');
    expect(group!['Properties']).toEqual({ ...usual, Tags: [{ Key: 'team', Value: 'payments' }] });
  });

  test('has the id on which its logical id depends', () => {
    const stack = newStack(context);

    const logGroup = defineLogGroup(new Construct(stack, 'Logging'), {});

    expect(stack.resolve(logGroup.logGroupName)).toEqual({ Ref: 'LoggingLogGroupC6B8E20B' });
  });
});
