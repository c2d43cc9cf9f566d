import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { ExpectedGrant } from '../write/expected-grants.js';

/**
 * What a delivery stream needs to write objects into a bucket and to log its errors, and nothing else: it neither reads
 * nor deletes objects. The policies of a bucket and a key in another account must admit the role too; their owner
 * writes them.
 */
export function bucketDeliveryNeeds(bucket: s3.IBucket, errorLogGroup: logs.ILogGroup): ExpectedGrant[] {
  const key = bucket.encryptionKey;
  return [
    on(bucket.bucketArn, 's3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'),
    on(bucket.arnForObjects('*'), 's3:AbortMultipartUpload', 's3:PutObject'),
    on(errorLogGroup.logGroupArn, 'logs:PutLogEvents'),
    ...(key ? [on(key.keyArn, 'kms:Decrypt', 'kms:GenerateDataKey')] : []),
  ];
}

function on(resourceArn: string, ...actions: string[]): ExpectedGrant {
  return { actions, resourceArns: [resourceArn] };
}
