import type { Place } from '../stack/resource-names.js';
import type { Grant } from './grants.js';
import { foreignCalls, logGroupArn, ownStreamArn, type Writer } from './writer.js';

/** Actions on a log group that a writer does not need, although many have them. */
const LOG_GROUP_ACTIONS = [
  'logs:AssociateKmsKey',
  'logs:CreateExportTask',
  'logs:CreateLogGroup',
  'logs:DeleteDataProtectionPolicy',
  'logs:DeleteLogGroup',
  'logs:DeleteMetricFilter',
  'logs:DeleteRetentionPolicy',
  'logs:DeleteSubscriptionFilter',
  'logs:DescribeLogStreams',
  'logs:DescribeSubscriptionFilters',
  'logs:DisassociateKmsKey',
  'logs:FilterLogEvents',
  'logs:ListTagsForResource',
  'logs:PutDataProtectionPolicy',
  'logs:PutMetricFilter',
  'logs:PutRetentionPolicy',
  'logs:PutSubscriptionFilter',
  'logs:StartLiveTail',
  'logs:StartQuery',
  'logs:TagResource',
  'logs:Unmask',
  'logs:UntagResource',
];

const LOG_STREAM_ACTIONS = ['logs:DeleteLogStream', 'logs:GetLogEvents'];

/** Actions that no ARN narrows. */
const UNBOUNDED_ACTIONS = [
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:PutAccountPolicy',
  'logs:PutResourcePolicy',
  'ec2:DescribeInstances',
  's3:ListAllMyBuckets',
  'xray:PutTraceSegments',
];

/** Actions with ARNs of other resources in the account. */
const OTHER_CALLS = [
  ['dynamodb:GetItem', 'dynamodb:{region}:{account}:table/other'],
  ['events:PutEvents', 'events:{region}:{account}:event-bus/other'],
  ['firehose:PutRecord', 'firehose:{region}:{account}:deliverystream/other'],
  ['iam:AttachRolePolicy', 'iam::{account}:role/other'],
  ['iam:CreateUser', 'iam::{account}:user/other'],
  ['iam:PassRole', 'iam::{account}:role/other'],
  ['iam:PutRolePolicy', 'iam::{account}:role/other'],
  ['kinesis:PutRecord', 'kinesis:{region}:{account}:stream/other'],
  ['kms:Decrypt', 'kms:{region}:{account}:key/other'],
  ['kms:GenerateDataKey', 'kms:{region}:{account}:key/other'],
  ['lambda:InvokeFunction', 'lambda:{region}:{account}:function:other'],
  ['lambda:UpdateFunctionCode', 'lambda:{region}:{account}:function:other'],
  ['s3:GetObject', 's3:::other/key'],
  ['s3:PutObject', 's3:::other/key'],
  ['secretsmanager:GetSecretValue', 'secretsmanager:{region}:{account}:secret:other-a1b2c3'],
  ['sns:Publish', 'sns:{region}:{account}:other'],
  ['sqs:SendMessage', 'sqs:{region}:{account}:other'],
  ['ssm:GetParameter', 'ssm:{region}:{account}:parameter/other'],
  ['sts:AssumeRole', 'iam::{account}:role/other'],
] as const;

/** A call that a writer must not be able to make. */
export interface ForbiddenCall extends Grant {
  /**
   * The resource in a second spelling, which `:*` matches. A policy grants an action on a log group on the ARN with or
   * without `:*`. A simulator matches only the ARN without it; the service is assumed to match both.
   */
  readonly alsoOn?: string;
}

/** Calls that a writer must not be able to make: on resources of others, on its own log group, and elsewhere in the account. */
export function forbiddenCalls(writer: Writer): ForbiddenCall[] {
  const { place, logGroupName } = writer;
  const group = logGroupArn(place, logGroupName);
  return [
    ...foreignCalls(writer, otherPlaces(place)),
    ...LOG_GROUP_ACTIONS.map((action) => ({ action, resource: group, alsoOn: `${group}:` })),
    ...LOG_STREAM_ACTIONS.map((action) => ({ action, resource: ownStreamArn(writer) })),
    ...UNBOUNDED_ACTIONS.map((action) => ({ action, resource: '*' })),
    ...OTHER_CALLS.map(([action, rest]) => ({ action, resource: otherArn(place, rest) })),
  ];
}

/** Another Region of the partition and another account, in which the same names may exist. */
function otherPlaces(place: Place): Place[] {
  const region = (REGIONS[place.partition] ?? REGIONS['aws']!).find((each) => each !== place.region)!;
  const accountId = place.accountId === '210987654321' ? '123456789012' : '210987654321';
  return [
    { ...place, region },
    { ...place, accountId },
  ];
}

const REGIONS: Readonly<Record<string, readonly string[]>> = {
  aws: ['us-west-2', 'eu-west-1'],
  'aws-cn': ['cn-northwest-1', 'cn-north-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
};

function otherArn({ partition, region, accountId }: Place, rest: string): string {
  return `arn:${partition}:${rest.replace('{region}', region).replace('{account}', accountId)}`;
}
