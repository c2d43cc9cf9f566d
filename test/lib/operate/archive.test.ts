import { App, CfnParameter, Duration, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SettingsError } from '../../../contract/problems.js';
import type { ArchiveOptions } from '../../../lib/index.js';
import { PolicyKind } from '../../../lib/write/policy-kind.js';
import { account, flagSets, newStack, region, resources } from '../stacks.js';
import { importedIn, logGroupRef, operatedIn } from './operated.js';

const bucketArn = 'arn:aws:s3:::archive';

function bucketIn(stack: Stack): s3.IBucket {
  return s3.Bucket.fromBucketArn(stack, 'Bucket', bucketArn);
}

/** The name by which a template refers to what has this construct id at its end. */
function logicalId(stack: Stack, type: string, id: string): string {
  const ids = Object.keys(Template.fromStack(stack).findResources(type));
  return ids.find((each) => each.replace(/[0-9A-F]{8}$/, '').endsWith(id))!;
}

function attribute(id: string, name = 'Arn'): object {
  return { 'Fn::GetAtt': [id, name] };
}

function processors(): object[] {
  return [
    {
      Type: 'Decompression',
      Parameters: [{ ParameterName: 'CompressionFormat', ParameterValue: 'GZIP' }],
    },
    {
      Type: 'CloudWatchLogProcessing',
      Parameters: [{ ParameterName: 'DataMessageExtraction', ParameterValue: 'true' }],
    },
    { Type: 'AppendDelimiterToRecord', Parameters: [] },
  ];
}

describe.each(flagSets)('archiveTo %s', (_, context) => {
  test('defines a delivery stream that writes readable objects into the bucket', () => {
    const stack = newStack(context);
    const operated = operatedIn(stack);
    const archive = operated.logging.archiveTo(bucketIn(stack));

    const errorLogGroup = stack.resolve(archive.errorLogGroup.logGroupName);
    const policyId = logicalId(stack, 'AWS::IAM::Policy', 'DeliveryRoleDefaultPolicy');
    expect(resources(stack, 'AWS::KinesisFirehose::DeliveryStream')).toEqual([
      {
        Type: 'AWS::KinesisFirehose::DeliveryStream',
        Properties: {
          DeliveryStreamType: 'DirectPut',
          DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
          ExtendedS3DestinationConfiguration: {
            BucketARN: bucketArn,
            CloudWatchLoggingOptions: {
              Enabled: true,
              LogGroupName: errorLogGroup,
              LogStreamName: { Ref: logicalId(stack, 'AWS::Logs::LogStream', 'S3Destination') },
            },
            CompressionFormat: 'GZIP',
            ProcessingConfiguration: { Enabled: true, Processors: processors() },
            RoleARN: stack.resolve(archive.deliveryRole.roleArn),
          },
        },
        DependsOn: [policyId],
      },
    ]);
    expect(resources(stack, 'AWS::Logs::LogGroup')[1]).toEqual({
      Type: 'AWS::Logs::LogGroup',
      Properties: { RetentionInDays: 30 },
      UpdateReplacePolicy: 'Delete',
      DeletionPolicy: 'Delete',
    });
  });

  test('sends it every log event', () => {
    const stack = newStack(context);
    const operated = operatedIn(stack);
    const archive = operated.logging.archiveTo(bucketIn(stack));

    const roleId = logicalId(stack, 'AWS::IAM::Role', 'CloudWatchLogsCanPutRecords');
    expect(resources(stack, 'AWS::Logs::SubscriptionFilter')).toEqual([
      {
        Type: 'AWS::Logs::SubscriptionFilter',
        Properties: {
          LogGroupName: logGroupRef(operated),
          FilterPattern: '',
          DestinationArn: stack.resolve(archive.deliveryStream.deliveryStreamArn),
          RoleArn: attribute(roleId),
        },
        DependsOn: [logicalId(stack, 'AWS::IAM::Policy', 'CloudWatchLogsCanPutRecordsDefaultPolicy')],
      },
    ]);
  });

  test('grants nothing but writing to the bucket, the error log and the delivery stream', () => {
    const stack = newStack(context);
    const archive = operatedIn(stack).logging.archiveTo(bucketIn(stack));

    const documents = resources(stack, 'AWS::IAM::Policy').map(({ Properties }) => Properties);
    expect(documents.map(({ PolicyDocument }) => PolicyDocument.Statement)).toEqual([
      [
        {
          Effect: 'Allow',
          Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
          Resource: bucketArn,
        },
        { Effect: 'Allow', Action: ['s3:AbortMultipartUpload', 's3:PutObject'], Resource: `${bucketArn}/*` },
        {
          Effect: 'Allow',
          Action: 'logs:PutLogEvents',
          Resource: stack.resolve(archive.errorLogGroup.logGroupArn),
        },
      ],
      [
        {
          Effect: 'Allow',
          Action: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
          Resource: stack.resolve(archive.deliveryStream.deliveryStreamArn),
        },
      ],
    ]);
    expect(resources(stack, 'AWS::S3::BucketPolicy')).toEqual([]);
  });

  test('lets only the two services assume the two roles, and only for its own account', () => {
    const stack = newStack(context);
    operatedIn(stack).logging.archiveTo(bucketIn(stack));

    const roles = resources(stack, 'AWS::IAM::Role').map(({ Properties }) => Properties);
    const sourceArn = stack.resolve(stack.formatArn({ service: 'logs', resource: '*' }));
    const StringEquals = { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } };
    const trusts = [
      { Service: 'firehose.amazonaws.com', Condition: { StringEquals } },
      {
        Service: 'logs.amazonaws.com',
        Condition: { StringEquals, StringLike: { 'aws:SourceArn': sourceArn } },
      },
    ].map(({ Service, ...condition }) => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service }, ...condition }],
    }));
    expect(roles).toEqual(trusts.map((AssumeRolePolicyDocument) => ({ AssumeRolePolicyDocument })));
  });

  test('grants the same in managed policies, and in no other, if they are asked for', () => {
    const stack = newStack(context);
    const { logging } = operatedIn(stack, { policyKind: PolicyKind.MANAGED });
    const archive = logging.archiveTo(bucketIn(stack));

    expect(resources(stack, 'AWS::IAM::Policy')).toEqual([]);
    const policies = resources(stack, 'AWS::IAM::ManagedPolicy').map(({ Properties }) => Properties);
    const [sender] = resources(stack, 'AWS::Logs::SubscriptionFilter');
    expect(policies.map(({ Roles, PolicyDocument }) => [Roles, PolicyDocument.Statement.length])).toEqual([
      [[stack.resolve(archive.deliveryRole.roleName)], 3],
      [[{ Ref: sender!['Properties'].RoleArn['Fn::GetAtt'][0] }], 1],
    ]);
    expect(policies[1]!['PolicyDocument'].Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
        Resource: stack.resolve(archive.deliveryStream.deliveryStreamArn),
      },
    ]);
    const [deliveryPolicy, senderPolicy] = Object.keys(
      Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'),
    );
    expect(sender!['DependsOn']).toEqual([senderPolicy]);
    const [stream] = resources(stack, 'AWS::KinesisFirehose::DeliveryStream');
    expect(stream!['DependsOn']).toEqual([deliveryPolicy]);
  });

  test('lets the same service assume the role that sends, whatever the kind of its policy', () => {
    const trusts = [PolicyKind.INLINE, PolicyKind.MANAGED].map((policyKind) => {
      const stack = newStack(context);
      operatedIn(stack, { policyKind }).logging.archiveTo(bucketIn(stack));
      const roles = resources(stack, 'AWS::IAM::Role').map(({ Properties }) => Properties);
      return roles.map(({ AssumeRolePolicyDocument }) => AssumeRolePolicyDocument);
    });

    expect(trusts[0]).toHaveLength(2);
    expect(trusts[1]).toEqual(trusts[0]);
  });

  test('takes a log group for errors that is there, and defines none', () => {
    const stack = newStack(context);
    const errorLogGroup = new logs.LogGroup(stack, 'Errors');
    const archive = operatedIn(stack).logging.archiveTo(bucketIn(stack), { errorLogGroup });

    expect(archive.errorLogGroup).toBe(errorLogGroup);
    expect(resources(stack, 'AWS::Logs::LogGroup')).toHaveLength(2);
    const [stream] = resources(stack, 'AWS::KinesisFirehose::DeliveryStream');
    const { LogGroupName } =
      stream!['Properties'].ExtendedS3DestinationConfiguration.CloudWatchLoggingOptions;
    expect(LogGroupName).toEqual(stack.resolve(errorLogGroup.logGroupName));
    const [policy] = resources(stack, 'AWS::IAM::Policy');
    expect(policy!['Properties'].PolicyDocument.Statement[2].Resource).toEqual(
      stack.resolve(errorLogGroup.logGroupArn),
    );
  });

  test('grants two actions on the key of the bucket, and leaves its policy alone', () => {
    const stack = newStack(context);
    const encryptionKey = new kms.Key(stack, 'Key');
    const policyBefore = stack.resolve((encryptionKey.node.defaultChild as kms.CfnKey).keyPolicy);
    const bucket = new s3.Bucket(stack, 'Bucket', { encryptionKey }) as s3.IBucket;
    operatedIn(stack).logging.archiveTo(bucket);

    const [policy] = resources(stack, 'AWS::IAM::Policy');
    expect(policy!['Properties'].PolicyDocument.Statement.slice(3)).toEqual([
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: stack.resolve(encryptionKey.keyArn),
      },
    ]);
    const [key] = resources(stack, 'AWS::KMS::Key');
    expect(key!['Properties'].KeyPolicy).toEqual(policyBefore);
    expect(policyBefore.Statement).toHaveLength(1);
  });

  test('leaves the policy of a bucket in another account to its owner', () => {
    const app = new App({ context: { ...context } });
    const ours = new Stack(app, 'Stack', { env: { account, region } });
    const theirs = new Stack(app, 'Theirs', { env: { account: '210987654321', region } });
    const bucket = new s3.Bucket(theirs, 'Bucket', { bucketName: 'archive' }) as s3.IBucket;
    operatedIn(ours).logging.archiveTo(bucket);

    const types = Object.values<any>(Template.fromStack(theirs).toJSON()['Resources']).map(
      ({ Type }) => Type,
    );
    expect(types).toEqual(['AWS::S3::Bucket']);
    const [policy] = resources(ours, 'AWS::IAM::Policy');
    const [, objects] = policy!['Properties'].PolicyDocument.Statement;
    expect(objects.Resource).toEqual(ours.resolve(`arn:${ours.partition}:s3:::archive/*`));
  });

  test('takes prefixes, compression, buffering and a pattern', () => {
    const stack = newStack(context);
    operatedIn(stack).logging.archiveTo(bucketIn(stack), {
      prefix: 'logs/!{timestamp:yyyy/MM/dd}/',
      errorPrefix: 'failed/!{firehose:error-output-type}/',
      compression: firehose.Compression.UNCOMPRESSED,
      bufferingInterval: Duration.minutes(15),
      bufferingSize: Size.mebibytes(64),
      filterPattern: logs.FilterPattern.exists('$.audit'),
    });

    const [stream] = resources(stack, 'AWS::KinesisFirehose::DeliveryStream');
    expect(stream!['Properties'].ExtendedS3DestinationConfiguration).toMatchObject({
      Prefix: 'logs/!{timestamp:yyyy/MM/dd}/',
      ErrorOutputPrefix: 'failed/!{firehose:error-output-type}/',
      CompressionFormat: 'UNCOMPRESSED',
      BufferingHints: { IntervalInSeconds: 900, SizeInMBs: 64 },
    });
    const [filter] = resources(stack, 'AWS::Logs::SubscriptionFilter');
    expect(filter!['Properties'].FilterPattern).toBe('{ $.audit = "*" }');
  });

  test('is refused for class INFREQUENT_ACCESS', () => {
    const stack = newStack(context);
    const { logging } = operatedIn(stack, { logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS });

    expect(() => logging.archiveTo(bucketIn(stack))).toThrow(
      new Error(
        'Stack/Logging: archiveTo needs a subscription filter, which a log group of class INFREQUENT_ACCESS cannot have; ' +
          'use class STANDARD',
      ),
    );
    expect(resources(stack, 'AWS::Logs::SubscriptionFilter')).toEqual([]);
  });

  test.each([
    ['Region', 'us-east-1', account],
    ['account', region, '210987654321'],
  ])('is refused for a log group in another %s', (__, theirRegion, theirAccount) => {
    const stack = newStack(context);
    const { logging } = importedIn(stack, `arn:aws:logs:${theirRegion}:${theirAccount}:log-group:/theirs:*`);

    expect(() => logging.archiveTo(bucketIn(stack))).toThrow(
      new Error(
        'Stack/Logging: archiveTo needs a subscription filter, which must be in the ' +
          `log group's own account and Region, ${theirAccount} and ${theirRegion}; ` +
          'call it on a construct in a stack of that environment',
      ),
    );
  });

  const errorType = '!{firehose:error-output-type}';
  const inPrefix = 'text and the expressions !{timestamp:…}, !{firehose:random-string}';
  const inErrorPrefix = `${inPrefix}, ${errorType}`;
  const withErrorType = `a text with ${errorType}, such as failed/${errorType}/, where prefix or errorPrefix has an expression`;

  test.each<[string, ArchiveOptions, [string, unknown, string][]]>([
    ['no errorPrefix', { prefix: 'a/!{timestamp:yyyy}/' }, [['errorPrefix', undefined, withErrorType]]],
    [
      'an empty errorPrefix',
      { prefix: 'a/!{firehose:random-string}/', errorPrefix: '' },
      [['errorPrefix', '', withErrorType]],
    ],
    [
      'an errorPrefix without the expression',
      { prefix: 'a/!{timestamp:yyyy}/', errorPrefix: 'failed/' },
      [['errorPrefix', 'failed/', withErrorType]],
    ],
    [
      'an errorPrefix with another expression',
      { errorPrefix: 'failed/!{timestamp:yyyy}/' },
      [['errorPrefix', 'failed/!{timestamp:yyyy}/', withErrorType]],
    ],
    [
      'the type of an error in the prefix',
      { prefix: `a/${errorType}/`, errorPrefix: `failed/${errorType}/` },
      [['prefix', `a/${errorType}/`, inPrefix]],
    ],
    [
      'partition keys',
      { prefix: 'a/!{partitionKeyFromQuery:k}/', errorPrefix: `!{partitionKeyFromLambda:k}/${errorType}/` },
      [
        ['prefix', 'a/!{partitionKeyFromQuery:k}/', inPrefix],
        ['errorPrefix', `!{partitionKeyFromLambda:k}/${errorType}/`, inErrorPrefix],
      ],
    ],
    [
      'expressions that are none',
      { prefix: 'a/!{yyyy}/', errorPrefix: `${errorType}/!{timestamp:yyyy` },
      [
        ['prefix', 'a/!{yyyy}/', inPrefix],
        ['errorPrefix', `${errorType}/!{timestamp:yyyy`, inErrorPrefix],
      ],
    ],
    [
      'too much buffering',
      { bufferingInterval: Duration.minutes(16), bufferingSize: Size.mebibytes(129) },
      [
        ['bufferingInterval', '16 minutes', 'whole seconds, up to 15 minutes'],
        ['bufferingSize', '129 MiB', 'whole mebibytes, 1 to 128'],
      ],
    ],
    [
      'parts of units',
      { bufferingInterval: Duration.millis(1_500), bufferingSize: Size.kibibytes(512) },
      [
        ['bufferingInterval', '1 second 500 millis', 'whole seconds, up to 15 minutes'],
        ['bufferingSize', '0.5 MiB', 'whole mebibytes, 1 to 128'],
      ],
    ],
  ])('refuses %s, and defines nothing', (__, options, problems) => {
    const stack = newStack(context);
    const { logging } = operatedIn(stack);
    const bucket = bucketIn(stack);
    const before = stack.node.findAll().length;

    expect(() => logging.archiveTo(bucket, options)).toThrow(
      new SettingsError(
        problems.map(([key, value, allowed]) => ({
          where: `Stack/Logging: archiveTo.${key}`,
          value,
          allowed,
        })),
      ),
    );
    expect(stack.node.findAll()).toHaveLength(before);
  });

  test('takes every prefix that Firehose takes, and tokens', () => {
    const stack = newStack(context);
    const token = new CfnParameter(stack, 'Prefix').valueAsString;
    const legal: ArchiveOptions[] = [
      { prefix: 'a/', errorPrefix: 'failed/' },
      { prefix: 'a/!{timestamp:yyyy}/!{firehose:random-string}/', errorPrefix: `failed/${errorType}/` },
      { errorPrefix: `!{firehose:random-string}/!{timestamp:yyyy}/${errorType}` },
      { prefix: `${token}/!{timestamp:yyyy}/`, errorPrefix: token },
      { bufferingInterval: Duration.seconds(0), bufferingSize: Size.mebibytes(1) },
      { bufferingInterval: Duration.minutes(15), bufferingSize: Size.mebibytes(128) },
    ];
    const { logging } = operatedIn(stack);

    for (const [index, options] of legal.entries()) {
      const bucket = s3.Bucket.fromBucketName(stack, `Bucket${index}`, 'archive');
      expect(() => logging.archiveTo(`Archive${index}`, bucket, options)).not.toThrow();
    }
  });
});
