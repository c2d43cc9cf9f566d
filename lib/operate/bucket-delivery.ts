import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * Grants what a delivery stream needs to write objects into a bucket and to log its errors, and nothing else: it
 * neither reads nor deletes objects. The policies of a bucket and a key in another account must admit the role too;
 * their owner writes them.
 */
export function bucketDeliveryGrants(
  grantee: iam.IGrantable,
  bucket: s3.IBucket,
  errorLogGroup: logs.ILogGroup,
): iam.Grant[] {
  const key = bucket.encryptionKey;
  return [
    grantOn(
      grantee,
      [bucket.bucketArn],
      ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
    ),
    grantOn(grantee, [bucket.arnForObjects('*')], ['s3:AbortMultipartUpload', 's3:PutObject']),
    grantOn(grantee, [errorLogGroup.logGroupArn], ['logs:PutLogEvents']),
    ...(key ? [grantOn(grantee, [key.keyArn], ['kms:Decrypt', 'kms:GenerateDataKey'])] : []),
  ];
}

function grantOn(grantee: iam.IGrantable, resourceArns: string[], actions: string[]): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, resourceArns, actions });
}
