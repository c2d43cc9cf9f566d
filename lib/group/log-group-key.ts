import { Annotations, aws_kms as kms, Stack, Token, TokenComparison, type RemovalPolicy } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { statementText } from '../statement-text.js';
import { keyStatement } from './key-statement.js';
import { logGroupPattern } from './log-group-pattern.js';

/**
 * Defines a key with rotation for one log group. They share a removal policy, because the log group is unreadable
 * without it.
 */
export function defineKey(scope: Construct, removalPolicy: RemovalPolicy): kms.Key {
  return new kms.Key(scope, 'Key', { enableKeyRotation: true, removalPolicy });
}

/**
 * Lets CloudWatch Logs use the key for this log group. CDK's log group does not, and its deployment is refused
 * (https://github.com/aws/aws-cdk/issues/28304). The policy is part of the key, so it exists before the log group.
 *
 * @param logGroupName the name in the props; `undefined` if CloudFormation generates one
 * @throws Error if the key is in another Region
 */
export function admitLogGroup(
  key: kms.IKey,
  logGroup: logs.LogGroup,
  logGroupName: string | undefined,
): void {
  checkRegion(key, logGroup);
  const pattern = logGroupPattern(logGroup, logGroupName, Stack.of(key));
  const statement = keyStatement(logGroup, pattern);
  const { statementAdded } = key.addToResourcePolicy(statement);
  const annotations = Annotations.of(logGroup.node.scope!);
  if (!statementAdded) {
    annotations.addWarningV2(
      'fapilog-cloudwatch:keyPolicy',
      'encryptionKey is imported, and its policy cannot be changed from here; without this statement in it, the ' +
        `deployment is refused: ${statementText(statement, Stack.of(logGroup))}` +
        (logGroupName === undefined ? GENERATED : ''),
    );
  } else if (pattern.isBroad) {
    annotations.addWarningV2(
      'fapilog-cloudwatch:broadKeyPolicy',
      'the policy of encryptionKey lets CloudWatch Logs use it for every log group of the account, because the name ' +
        "of this one is not known in the key's stack; set logGroupName to plain text, or use a key of the log group's stack",
    );
  }
}

const GENERATED =
  "; the log group's name begins with the name of the stack, so that a template that is deployed under another name " +
  'needs that name in the statement';

function checkRegion(key: kms.IKey, logGroup: logs.LogGroup): void {
  const { region } = logGroup.env;
  if (Token.compareStrings(key.env.region, region) !== TokenComparison.DIFFERENT) return;
  throw new Error(
    `${logGroup.node.path}: encryptionKey is in ${key.env.region}, and the log group in ${region}; ` +
      "CloudWatch Logs uses keys of the log group's Region only, such as a replica of a multi-Region key",
  );
}
