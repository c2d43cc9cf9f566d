import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  CloudWatchLogging,
  Trust,
  type CloudWatchLoggingProps,
  type IEnvironmentTarget,
} from '../../lib/index.js';
import { DeployedStacks, OTHER_ACCOUNT, REGION, type Statement } from './deployed-stacks.js';
import { conditionLines } from './condition-lines.js';
import { codeLines, markdownTable } from './markdown-table.js';

/** One row for each statement: what is granted, to whom, and the statement. */
interface Granted {
  readonly what: string;
  readonly whom: string;
  readonly statements: () => Statement[];
}

/** What the construct grants, read from the templates of stacks that use it. */
export function iamTable(): string {
  const stacks = new DeployedStacks();
  const granted = [...writers(stacks), ...elsewhere(stacks), ...others(stacks), ...ofKey(stacks)];
  return markdownTable(['what is granted', 'to whom', 'actions', 'resource'], granted.flatMap(rowsOf));
}

function rowsOf({ what, whom, statements }: Granted): string[][] {
  return statements().map((statement, index) => {
    const { Action, Resource = [] } = statement;
    const resources = [Resource].flat().map(withReadableName);
    const conditions = conditionLines(statement).map((line) => `if ${line}`);
    const on = [codeLines(resources), ...conditions].join('<br>');
    return [index === 0 ? what : '', index === 0 ? whom : '', codeLines(Action), on];
  });
}

/** Names that CloudFormation generates, without the digits by which they differ. */
function withReadableName(arn: string): string {
  return arn.replace(/local-(\w+)[0-9A-F]{8}-local/, '<stack>-$1-<id>');
}

const logGroupName = '/myapp/production';

/** The log group in a stack of its own. */
function loggingIn(
  stacks: DeployedStacks,
  id: string,
  props: CloudWatchLoggingProps = {},
): CloudWatchLogging {
  return new CloudWatchLogging(stacks.stack(id), 'Logging', { logGroupName, ...props });
}

function roleIn(scope: Construct, id: string): iam.Role {
  return new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

function writers(stacks: DeployedStacks): Granted[] {
  const byDefault = loggingIn(stacks, 'Default');
  const prefixed = roleIn(Stack.of(byDefault), 'Api');
  byDefault.grantWrite(prefixed, { streamPrefix: 'api' });
  const settings = { logStreamName: 'api-1' };
  const fixed = loggingIn(stacks, 'Fixed', { settings });
  const there = loggingIn(stacks, 'There', { settings: { ...settings, createLogStream: false } });
  const writerRole = 'the writer role, and the role of whatever is bound';
  const role = (of: iam.IRole) => (): Statement[] => stacks.granted(of);
  return [
    { what: 'writing every log stream', whom: writerRole, statements: role(byDefault.role) },
    { what: "with `streamPrefix: 'api'`", whom: 'the role of what is bound so', statements: role(prefixed) },
    { what: "with `logStreamName: 'api-1'`", whom: writerRole, statements: role(fixed.role) },
    { what: 'and with `createLogStream: false`', whom: writerRole, statements: role(there.role) },
  ];
}

/** Writers in another Region and in another account than the log group. */
function elsewhere(stacks: DeployedStacks): Granted[] {
  const inOtherRegion = roleIn(stacks.stack('OtherRegion', 'us-west-2'), 'Writer');
  loggingIn(stacks, 'Home').grantWrite(inOtherRegion);
  const inOtherAccount = roleIn(stacks.stack('OtherAccount', REGION, OTHER_ACCOUNT), 'Writer');
  const assumedBy = Trust.account(OTHER_ACCOUNT);
  loggingIn(stacks, 'Central', { assumedBy, roleName: 'myapp-log-writer' }).bindTo(
    programWith(inOtherAccount),
  );
  return [
    {
      what: 'writing from another Region, `us-west-2`',
      whom: 'the role of what is bound there',
      statements: () => stacks.granted(inOtherRegion),
    },
    {
      what: 'writing from another account, through the writer role',
      whom: 'the role of what is bound there',
      statements: () => stacks.granted(inOtherAccount),
    },
  ];
}

/** Any program whose environment is written somewhere. */
function programWith(role: iam.Role): IEnvironmentTarget & iam.IGrantable {
  const program = new Construct(role, 'Program');
  return Object.assign(program, { grantPrincipal: role, addEnvironment: () => undefined });
}

/** Those that are no writers. */
function others(stacks: DeployedStacks): Granted[] {
  const logging = loggingIn(stacks, 'Others');
  const stack = Stack.of(logging);
  const [reader, program] = [roleIn(stack, 'Reader'), roleIn(stack, 'Program')];
  logging.grantRead(reader);
  logging.publishSettings('Settings', { parameterName: '/myapp/production/logging' }).grantRead(program);
  const { deliveryRole, subscriptionFilter } = logging.archiveTo(
    s3.Bucket.fromBucketName(stack, 'Bucket', 'myapp-archive'),
  );
  const subscriber = subscriptionFilter.node.findChild('CloudWatchLogsCanPutRecords') as iam.Role;
  const granted = (role: iam.Role) => (): Statement[] => stacks.granted(role);
  return [
    { what: '`grantRead(…)`', whom: 'the grantee', statements: granted(reader) },
    {
      what: "`publishSettings('Settings', …).grantRead(…)`",
      whom: 'the grantee',
      statements: granted(program),
    },
    {
      what: '`archiveTo(…)`: writing objects, and reporting errors',
      whom: '`firehose.amazonaws.com`, by the delivery role',
      statements: granted(deliveryRole),
    },
    {
      what: '`archiveTo(…)`: handing over log events',
      whom: '`logs.amazonaws.com`, by a role of the subscription filter',
      statements: granted(subscriber),
    },
  ];
}

/** What the log group's key lets the service do; the statement for the account's own administrators is CDK's. */
function ofKey(stacks: DeployedStacks): Granted[] {
  const logging = loggingIn(stacks, 'Encrypted', { encryptionKey: true });
  const key = logging.node.findChild('Key') as kms.Key;
  return [
    {
      what: '`encryptionKey: true`, or a key of yours: encrypting this log group',
      whom: `\`logs.${REGION}.amazonaws.com\`, by the key's policy`,
      statements: () => stacks.admitted(key, 'KeyPolicy').filter(({ Principal }) => Principal?.['Service']),
    },
  ];
}
