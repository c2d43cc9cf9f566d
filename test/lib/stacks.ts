import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CloudAssembly, CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { CloudWatchLogging, type CloudWatchLoggingProps } from '../../lib/index.js';

// What a test synthesizes lies in temporary directories until the end of its file.
afterAll(() => CloudAssembly.cleanupTemporaryDirectories());

export type Context = Readonly<Record<string, unknown>>;

/** Every test of a construct runs in an app without feature flags and in one as `cdk init` makes it. */
export const flagSets: readonly (readonly [string, Context])[] = [
  ['without feature flags', {}],
  ['with the recommended feature flags', CURRENTLY_RECOMMENDED_FLAGS],
];

export const account = '123456789012';
export const region = 'eu-central-1';

export function newStack(context: Context = {}, props: StackProps = { env: { account, region } }): Stack {
  return new Stack(new App({ context: { ...context } }), 'Stack', props);
}

export function loggingIn(stack: Stack, props?: CloudWatchLoggingProps): CloudWatchLogging {
  return new CloudWatchLogging(stack, 'Logging', props);
}

/** A function with a role of its own, and not the one that CDK would define. */
export function functionIn(scope: Construct, props?: Partial<lambda.FunctionProps>): lambda.Function {
  const role = props?.role ?? new iam.Role(scope, 'Own', { assumedBy: new iam.AccountRootPrincipal() });
  return new lambda.Function(scope, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    ...props,
    role,
  });
}

/** Resources of a type, as they are in the template. */
export function resources(stack: Stack, type: string): Record<string, any>[] {
  return Object.values(Template.fromStack(stack).findResources(type));
}

/** Documents of all policies in the template, whatever they are attached to. */
export function policyDocuments(stack: Stack): any[] {
  return resources(stack, 'AWS::IAM::Policy').map((policy) => policy['Properties'].PolicyDocument);
}

/** The variables of the only function in the template. */
export function variables(stack: Stack): Record<string, any> {
  return resources(stack, 'AWS::Lambda::Function')[0]!['Properties'].Environment.Variables;
}

/** What the function finds in its environment, if every reference in it is among the given ones. */
export function deployedVariables(
  stack: Stack,
  references: Readonly<Record<string, string>>,
): Record<string, string> {
  const entries = Object.entries(variables(stack));
  return Object.fromEntries(entries.map(([name, value]) => [name, references[value.Ref] ?? value]));
}

/** The whole policy of a writer. */
export function writerPolicy(logging: CloudWatchLogging): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [logGroupId(logging), 'Arn'] },
      },
    ],
  };
}

/** The logical id of the log group. */
export function logGroupId(logging: CloudWatchLogging): string {
  return Stack.of(logging).resolve(logging.logGroup.logGroupName).Ref;
}

/** The warnings in the stack, each with its id. Functions of tests have no log group, which has tests of its own. */
export function warnings(stack: Stack): unknown[] {
  return allWarnings(stack).filter(
    (warning) => !String(warning).includes('[ack: fapilog-cloudwatch:noLogGroup'),
  );
}

export function allWarnings(stack: Stack): unknown[] {
  return Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => entry.data);
}

/** The warnings of this package, without those of CDK. */
export function ourWarnings(stack: Stack): unknown[] {
  return warnings(stack).filter((warning) => String(warning).includes('[ack: fapilog-cloudwatch:'));
}

/** ARNs have the partition as a reference, or spelt out where the Region is known: here, always spelt out. */
export function spelt(value: unknown): any {
  return JSON.parse(
    JSON.stringify(value).replaceAll(
      /{"Fn::Join":\["",\["arn:",{"Ref":"AWS::Partition"},"([^"]*)"\]\]}/g,
      '"arn:aws$1"',
    ),
  );
}
