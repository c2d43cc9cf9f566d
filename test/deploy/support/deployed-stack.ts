import {
  CloudFormation,
  waitUntilStackCreateComplete,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import { App, type AppProps, DefaultStackSynthesizer, type Stack } from 'aws-cdk-lib';
import type { ClientConfig } from './aws.js';

/** An app whose stacks need no bootstrap: their templates go into the call. Nothing is bundled. */
export function newApp(context: AppProps['context'] = {}): App {
  return new App({
    context: { ...context, 'aws:cdk:bundling-stacks': [] },
    defaultStackSynthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
}

/** A stack as CloudFormation has it. */
export class DeployedStack {
  /** What the stack said of itself, by logical id. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly #resources: readonly StackResource[];

  private constructor(outputs: Record<string, string>, resources: readonly StackResource[]) {
    this.outputs = outputs;
    this.#resources = resources;
  }

  /** Deploys through the SDK, which takes a fraction of a second. */
  static async create(config: ClientConfig, stack: Stack): Promise<DeployedStack> {
    const { template } = (stack.node.root as App).synth().getStackByName(stack.stackName);
    return DeployedStack.fromTemplate(config, stack.stackName, asAwsReadsIt(template as Template));
  }

  /** Deploys a template just as it is. */
  static async fromTemplate(config: ClientConfig, name: string, template: Template): Promise<DeployedStack> {
    const client = new CloudFormation(config);
    try {
      await client.createStack({
        StackName: name,
        TemplateBody: JSON.stringify(template),
        Capabilities: ['CAPABILITY_IAM'],
      });
      await waitUntilStackCreateComplete({ client, maxWaitTime: 60, minDelay: 1 }, { StackName: name });
      const { Stacks = [] } = await client.describeStacks({ StackName: name });
      const { StackResources = [] } = await client.describeStackResources({ StackName: name });
      const outputs = (Stacks[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [
        OutputKey,
        OutputValue,
      ]);
      return new DeployedStack(Object.fromEntries(outputs) as Record<string, string>, StackResources);
    } finally {
      client.destroy();
    }
  }

  /** The name of the only resource of a type whose logical id begins so. */
  nameOf(type: string, beginning = ''): string {
    const found = this.#resources.filter(
      ({ ResourceType, LogicalResourceId }) =>
        ResourceType === type && LogicalResourceId?.startsWith(beginning),
    );
    const [resource] = found;
    if (found.length === 1 && resource?.PhysicalResourceId) return resource.PhysicalResourceId;
    throw new Error(`${found.length} resources are ${type} and begin with "${beginning}"; expected: 1`);
  }
}

export interface Template {
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;
}

/**
 * The `Arn` attribute of a log group ends in `:*`; that of moto does not, and a policy made of it allows nothing. Each
 * such reference gets what it has at AWS, and no other ARN is touched, so that a bare one in the template stays one.
 */
export function asAwsReadsIt(template: Template): Template {
  const isLogGroup = (id: string): boolean => template.Resources[id]?.Type === 'AWS::Logs::LogGroup';
  const read = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(read);
    if (typeof value !== 'object' || value === null) return value;
    const [id, attribute] = ((value as Record<string, unknown>)['Fn::GetAtt'] ?? []) as string[];
    if (attribute === 'Arn' && isLogGroup(id!)) return { 'Fn::Join': ['', [value, ':*']] };
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, read(member)]));
  };
  return read(template) as Template;
}
