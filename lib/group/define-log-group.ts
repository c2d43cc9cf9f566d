import { RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { admitLogGroup, defineKey } from './log-group-key.js';
import type { LogGroupProps } from './log-group-props.js';
import { dataProtectionOf } from './sensitive.js';

/** How long a log group keeps its events unless it is told otherwise. */
export const DEFAULT_RETENTION = logs.RetentionDays.ONE_MONTH;

/** Fields of the sink's own line by which people look for events; `traceId` is indexed without being named. */
const DEFAULT_FIELD_INDEXES: readonly string[] = ['level', 'service', 'requestId'];

/**
 * Defines the log group, and the key that it is to have of its own. The props were checked.
 *
 * @throws Error if the key is in another Region
 */
export function defineLogGroup(scope: Construct, props: LogGroupProps): logs.LogGroup {
  const { logGroupName, removalPolicy = RemovalPolicy.RETAIN, encryptionKey } = props;
  const key = encryptionKey === true ? defineKey(scope, removalPolicy) : encryptionKey;
  const logGroup = new logs.LogGroup(
    scope,
    'LogGroup',
    withoutUndefined({
      logGroupName,
      retention: props.retention ?? DEFAULT_RETENTION,
      removalPolicy,
      deletionProtectionEnabled: props.deletionProtection,
      logGroupClass: props.logGroupClass,
      encryptionKey: key,
      dataProtectionPolicy: props.dataProtectionPolicy ?? dataProtectionOf(props.sensitive ?? []),
      fieldIndexPolicies: fieldIndexPolicies(props),
    }),
  );
  if (key) admitLogGroup(key, logGroup, logGroupName);
  return logGroup;
}

function fieldIndexPolicies(props: LogGroupProps): logs.FieldIndexPolicy[] | undefined {
  const fields = props.fieldIndexes ?? (mayHaveIndexes(props) ? [...DEFAULT_FIELD_INDEXES] : []);
  return fields.length > 0 ? [new logs.FieldIndexPolicy({ fields })] : undefined;
}

/** A class that is known at deployment only may be one without. */
function mayHaveIndexes({ logGroupClass = logs.LogGroupClass.STANDARD }: LogGroupProps): boolean {
  return logGroupClass === logs.LogGroupClass.STANDARD;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** CDK tells a prop that is `undefined` from one that is absent in its types, and here and there in what it does. */
function withoutUndefined<T extends object>(props: T): Defined<T> {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as Defined<T>;
}
