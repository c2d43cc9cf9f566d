import { CfnOutput } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { unknownOptions, type OptionNames } from '../option-names.js';
import { idInTree, type Call } from '../repeatable-call.js';
import { isUnresolved } from '../tokens.js';

/** Options of the stack outputs. */
export interface OutputOptions {
  /**
   * Prefix of the export names, such as `myapp`: 1 to 240 of the characters `A-Z a-z 0-9 : -`. Other stacks of the
   * account and Region import `myapp-LogGroupName`, `myapp-LogGroupRegion` and `myapp-WriterRoleArn`.
   *
   * @default - the outputs are not exported
   */
  readonly exportPrefix?: string | undefined;
}

const OUTPUT_OPTIONS: OptionNames<OutputOptions> = { exportPrefix: true };

/** What the outputs tell of. Reading the role may define it. */
interface LoggingWithRole extends Construct {
  readonly logGroup: logs.ILogGroup;
  readonly role: iam.IRole;
}

/**
 * Defines stack outputs by which tools and other stacks find the log group and its writer role.
 *
 * @throws SettingsError if the prefix is not legal
 * @throws Error at a second call with the same id
 */
export function defineOutputs(
  logging: LoggingWithRole,
  call: Call<readonly [options?: OutputOptions | undefined]>,
): void {
  const [options = {}] = call.rest;
  const { exportPrefix } = options;
  const where = `${logging.node.path}: ${call.method}`;
  assertNoProblems([
    ...unknownOptions(options, OUTPUT_OPTIONS, where),
    ...prefixProblems(exportPrefix, `${where}.exportPrefix`),
  ]);
  const scope = scopeOf(logging, call);
  for (const [name, value, description] of outputsOf(logging)) {
    const exportName = exportPrefix === undefined ? {} : { exportName: `${exportPrefix}-${name}` };
    new CfnOutput(scope, `${name}Output`, { value, description, ...exportName });
  }
}

function outputsOf({ logGroup, role }: LoggingWithRole): (readonly [string, string, string])[] {
  return [
    ['LogGroupName', logGroup.logGroupName, 'Name of the log group'],
    ['LogGroupRegion', logGroup.env.region, 'Region of the log group'],
    ['WriterRoleArn', role.roleArn, 'Role that may write log events'],
  ];
}

/** The outputs of the call without an id stand in the construct itself: another scope would change their names. */
function scopeOf(logging: Construct, call: Call<readonly unknown[]>): Construct {
  const isWithoutId = call.id === undefined;
  const id = idInTree(logging, isWithoutId ? 'LogGroupNameOutput' : 'Outputs', call);
  return isWithoutId ? logging : new Construct(logging, id);
}

/** API: CloudFormation, `Export`, `Name`. */
function prefixProblems(prefix: string | undefined, where: string): Problem[] {
  if (prefix === undefined || isUnresolved(prefix)) return [];
  if (typeof prefix === 'string' && /^[A-Za-z0-9:-]{1,240}$/.test(prefix)) return [];
  return [{ where, value: prefix, allowed: '1 to 240 letters, digits, colons and hyphens' }];
}
