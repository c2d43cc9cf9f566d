import { CfnOutput } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** Options of the stack outputs. */
export interface OutputOptions {
  /**
   * Prefix of the export names, such as `myapp`. Other stacks of the account and Region import `myapp-LogGroupName`,
   * `myapp-LogGroupRegion` and `myapp-WriterRoleArn`.
   *
   * @default - the outputs are not exported
   */
  readonly exportPrefix?: string | undefined;
}

/** Defines stack outputs by which tools and other stacks find the log group and its writer role. */
export function defineOutputs(
  scope: Construct,
  logGroup: logs.ILogGroup,
  role: iam.IRole,
  { exportPrefix }: OutputOptions,
): void {
  const values: Readonly<Record<string, readonly [string, string]>> = {
    LogGroupName: [logGroup.logGroupName, 'Name of the log group'],
    LogGroupRegion: [logGroup.env.region, 'Region of the log group'],
    WriterRoleArn: [role.roleArn, 'Role that may write log events'],
  };
  for (const [name, [value, description]] of Object.entries(values)) {
    const exportName = exportPrefix === undefined ? {} : { exportName: `${exportPrefix}-${name}` };
    new CfnOutput(scope, `${name}Output`, { value, description, ...exportName });
  }
}
