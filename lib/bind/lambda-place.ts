import { Annotations, CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { writtenVariables } from './injection.js';
import { estimatedBytes } from './known-text.js';
import type { Place, Variables } from './place.js';

/** Source: Lambda quotas, "Environment variables: 4 KB, for all variables associated with the function, in aggregate". */
const MAX_BYTES = 4_096;

/** From this size of written variables on, a user's own may find no room. */
const WARN_BYTES = 3_072;

/** A construct with environment variables, such as a function. */
export interface IEnvironmentTarget extends IConstruct {
  /** Sets a variable. `removeInEdge` asks CDK to leave it out on Lambda@Edge. */
  addEnvironment(name: string, value: string, options?: { readonly removeInEdge?: boolean }): unknown;
}

/** The variables of a function. Variables of any other construct with `addEnvironment` can be written but not read. */
export function environmentPlace(target: IEnvironmentTarget): Place {
  const resource = functionResourceOf(target);
  return {
    construct: target,
    read: () => (resource ? variablesOf(resource) : undefined),
    write: (variables) => {
      for (const [name, value] of Object.entries(variables)) {
        // Lambda@Edge has no variables: CDK removes marked ones there, and fails at the others.
        target.addEnvironment(name, value, { removeInEdge: true });
      }
    },
    ...(resource ? { review: () => sizeProblems(target, variablesOf(resource)) } : {}),
  };
}

/** The function's resource in the template. */
export function functionResourceOf(target: IConstruct): CfnFunction | undefined {
  const resource = target.node.defaultChild;
  const isFunction =
    CfnResource.isCfnResource(resource) && resource.cfnResourceType === 'AWS::Lambda::Function';
  return isFunction ? (resource as CfnFunction) : undefined;
}

/** The variables of a function, whoever set them. */
export function variablesOf(resource: CfnFunction): Variables {
  const environment = Stack.of(resource).resolve(resource.environment) as
    { readonly variables?: Variables } | undefined;
  return environment?.variables ?? {};
}

function sizeProblems(construct: IConstruct, present: Variables): string[] {
  const [all, ours] = [present, writtenVariables(construct)].map(bytesOf) as [number, number];
  if (all <= MAX_BYTES) {
    if (ours > WARN_BYTES) warnOfSize(construct, ours);
    return [];
  }
  return [
    `${construct.node.path}: the environment has about ${all} bytes of names and values, of which ` +
      `${ours} are ours; allowed: ${MAX_BYTES} bytes in all. ` +
      'Inject fewer settings, or move values of your own elsewhere',
  ];
}

/** Bytes of names and values. */
function bytesOf(variables: Variables): number {
  return Object.entries(variables).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + estimatedBytes(value),
    0,
  );
}

function warnOfSize(construct: IConstruct, bytes: number): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:largeEnvironment',
    `our variables have about ${bytes} bytes of the ${MAX_BYTES} that the function may have; ` +
      'inject fewer settings',
  );
}
