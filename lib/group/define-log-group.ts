import { aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { pythonNames, SNAKE_TRACE_ID } from '../line-fields.js';
import { admitLogGroup, defineKey } from './log-group-key.js';
import type { LogGroupProps } from './log-group-props.js';
import { dataProtectionOf } from './sensitive.js';

/** Retention of a log group unless the props set another one. */
export const DEFAULT_RETENTION = logs.RetentionDays.ONE_MONTH;

/** Fields by which people look for events. CloudWatch indexes `traceId` unasked. */
const DEFAULT_FIELD_INDEXES: readonly string[] = ['level', 'service', 'requestId'];

/** The same fields of Python's fapilog, and the trace's. */
const PYTHON_FIELD_INDEXES: readonly string[] = (['service', 'requestId', 'traceId'] as const).flatMap(
  pythonNames,
);

/** What is known of the lines that arrive. */
interface LineForms {
  /** Whether some are those of Python's fapilog. */
  readonly isForPython?: boolean | undefined;
  readonly traceFormat?: string | undefined;
}

/**
 * Defines the log group, and a key of its own if the props ask for one. The props were checked.
 *
 * @throws Error if the key is in another Region
 */
export function defineLogGroup(scope: Construct, props: LogGroupProps, forms: LineForms = {}): logs.LogGroup {
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
      fieldIndexPolicies: fieldIndexPolicies(props, forms),
    }),
  );
  if (key) admitLogGroup(key, logGroup, logGroupName);
  return logGroup;
}

function fieldIndexPolicies(
  props: LogGroupProps,
  { isForPython, traceFormat }: LineForms,
): logs.FieldIndexPolicy[] | undefined {
  const usual = [
    ...DEFAULT_FIELD_INDEXES,
    ...(traceFormat === 'snake' ? [SNAKE_TRACE_ID] : []),
    ...(isForPython ? PYTHON_FIELD_INDEXES : []),
  ];
  const fields = props.fieldIndexes ?? (mayHaveIndexes(props) ? usual : []);
  return fields.length > 0 ? [new logs.FieldIndexPolicy({ fields })] : undefined;
}

/** A class that only the deployment knows may turn out to be one without indexes. */
function mayHaveIndexes({ logGroupClass = logs.LogGroupClass.STANDARD }: LogGroupProps): boolean {
  return logGroupClass === logs.LogGroupClass.STANDARD;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** CDK distinguishes an undefined prop from an absent one in its types, and now and then in its behaviour. */
function withoutUndefined<T extends object>(props: T): Defined<T> {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as Defined<T>;
}
