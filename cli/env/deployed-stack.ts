import { requireFrom } from '../../runtime/io/late-modules.cjs';
import { packageFolders } from '../../runtime/io/package-folders.js';
import { Failure } from '../failure.js';
import { callProblem, type PlaceOptions, takePlace } from './aws-place.js';
import type { Outputs } from './stack-outputs.js';

const CLIENT = '@aws-sdk/client-cloudformation';

/** The parts of the client that are used here. This package does not depend on it. */
interface CloudFormationModule {
  readonly CloudFormation: new (config: { readonly region: string }) => CloudFormationClient;
}

interface CloudFormationClient {
  describeStacks(input: { readonly StackName: string }): Promise<{ readonly Stacks?: readonly Stack[] }>;
  destroy(): void;
}

interface Stack {
  readonly Outputs?: readonly { readonly OutputKey?: string; readonly OutputValue?: string }[];
}

/**
 * Asks CloudFormation for the outputs of a stack.
 *
 * @throws Failure with what mends it if it does not answer
 */
export async function outputsOfStack(stackName: string, options: PlaceOptions): Promise<Outputs> {
  const region = takePlace('CLOUDFORMATION', options);
  const module = requireFrom(CLIENT, packageFolders()) as CloudFormationModule | undefined;
  if (module === undefined)
    throw new Failure(`--stack needs the package ${CLIENT}: npm install --save-dev ${CLIENT}`);
  const client = new module.CloudFormation({ region });
  try {
    const { Stacks = [] } = await client.describeStacks({ StackName: stackName });
    const entries = (Stacks[0]?.Outputs ?? []).map(
      ({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const,
    );
    return Object.fromEntries(entries);
  } catch (error) {
    const { code, name, message } = error as NodeJS.ErrnoException;
    throw callProblem(`DescribeStacks of ${stackName} in ${region}`, { name: code ?? name, message });
  } finally {
    client.destroy();
  }
}
