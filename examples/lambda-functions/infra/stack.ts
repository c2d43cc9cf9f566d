import { fileURLToPath } from 'node:url';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { CloudWatchLogging, Trust } from 'fapilog-cloudwatch/cdk';

/** Three functions with one log group. Each has a role of its own, which may write its lines and little else. */
export class FunctionsStack extends Stack {
  private readonly logging = new CloudWatchLogging(this, 'Logging', {
    logGroupName: '/myapp/functions',
    retention: RetentionDays.ONE_MONTH,
  });

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.defineFunction('orders');
    this.defineGreetings();
    this.definePayments();
  }

  /** The handler `src/<service>.ts`. A given role and log group keep CDK from adding others. */
  private defineFunction(service: string): NodejsFunction {
    const id = service.charAt(0).toUpperCase() + service.slice(1);
    const fn = new NodejsFunction(this, id, {
      entry: fileURLToPath(new URL(`../src/${service}.ts`, import.meta.url)),
      runtime: lambda.Runtime.NODEJS_24_X,
      timeout: Duration.seconds(10),
      role: new iam.Role(this, `${id}Role`, { assumedBy: Trust.lambda() }),
      logGroup: this.logging.logGroup,
      environment: { NODE_OPTIONS: '--enable-source-maps' },
      bundling: { format: OutputFormat.ESM, minify: true, sourceMap: true, sourcesContent: false },
    });
    this.logging.bindTo(fn, { service });
    return fn;
  }

  private defineGreetings(): void {
    const fn = this.defineFunction('greetings');
    const api = new HttpApi(this, 'Api', {
      defaultIntegration: new HttpLambdaIntegration('GreetingsIntegration', fn),
    });
    new CfnOutput(this, 'GreetingsUrl', { value: api.apiEndpoint });
  }

  private definePayments(): void {
    const deadLetters = new sqs.Queue(this, 'DeadLetters', { enforceSSL: true });
    const queue = new sqs.Queue(this, 'Queue', {
      enforceSSL: true,
      visibilityTimeout: Duration.minutes(1),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 },
    });
    const fn = this.defineFunction('payments');
    fn.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true }));
    new CfnOutput(this, 'PaymentsQueueUrl', { value: queue.queueUrl });
  }
}
