import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export interface LoggingFunctionProps {
  readonly role: iam.IRole;
  readonly logGroup: logs.ILogGroup;
  /** The file of the handler, below the folder of examples. @default - lambda-functions/src/orders.ts */
  readonly file?: string;
  /** What is to be otherwise than in the other examples. */
  readonly options?: NodejsFunctionProps;
}

/** A handler of the examples, bundled. A given role and log group keep CDK from adding others. */
export class LoggingFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: LoggingFunctionProps) {
    const { role, logGroup, file = 'lambda-functions/src/orders.ts', options } = props;
    const root = projectRoot();
    super(scope, id, {
      entry: join(root, 'examples', file),
      runtime: lambda.Runtime.NODEJS_22_X,
      timeout: Duration.seconds(10),
      role,
      logGroup,
      environment: { NODE_OPTIONS: '--enable-source-maps' },
      projectRoot: root,
      depsLockFilePath: join(root, 'package-lock.json'),
      bundling: {
        tsconfig: join(root, 'examples/tsconfig.json'),
        bundleAwsSDK: true,
        minify: true,
        sourceMap: true,
        sourcesContent: false,
      },
      ...options,
    });
  }
}

/** The handler is bundled from its source, wherever this file runs: there or compiled in `dist`. */
function projectRoot(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'cdk.json'))) {
    const parent = dirname(directory);
    if (parent === directory) throw new Error('no directory above this file has a cdk.json');
    directory = parent;
  }
  return directory;
}
