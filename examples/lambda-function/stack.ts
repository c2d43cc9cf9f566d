import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';

/** A function whose own log lines and those of the Lambda platform arrive in one log group, kept for a month. */
export class LoggingStack extends Stack {
  readonly logging: CloudWatchLogging;
  readonly fn: lambda.Function;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.logging = new CloudWatchLogging(this, 'Logging', {
      logGroupName: '/myapp/production',
      retention: logs.RetentionDays.ONE_MONTH,
      settings: { batchSize: 50, batchTimeoutSeconds: 2 },
    });
    this.fn = this.defineFunction(this.logging);
    this.logging.bindTo(this.fn);
  }

  /** The construct's role and log group keep CDK from adding a managed policy and a second log group. */
  private defineFunction({ role, logGroup }: CloudWatchLogging): lambda.Function {
    const root = projectRoot();
    return new NodejsFunction(this, 'Function', {
      entry: join(root, 'examples/lambda-function/handler.ts'),
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
