import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import type { Place, Variables } from './place.js';

/** Source: Lambda quotas, "Environment variables: 4 KB, for all variables associated with the function, in aggregate". */
const LAMBDA_BUDGET_BYTES = 4_096;

/** A construct with environment variables, such as a function. */
export interface IEnvironmentTarget extends IConstruct {
  /** Sets a variable. `removeInEdge` asks CDK to leave it out on Lambda@Edge. */
  addEnvironment(name: string, value: string, options?: { readonly removeInEdge?: boolean }): unknown;
}

/** The variables of a function. Variables of any other construct with `addEnvironment` can be written but not read. */
export function environmentPlace(target: IEnvironmentTarget): Place {
  const resource = functionOf(target);
  return {
    construct: target,
    read: () => (resource ? variablesOf(resource) : undefined),
    write: (variables) => {
      for (const [name, value] of Object.entries(variables)) {
        // Lambda@Edge has no variables: CDK removes marked ones there, and fails at the others.
        target.addEnvironment(name, value, { removeInEdge: true });
      }
    },
    ...(resource ? { budgetBytes: LAMBDA_BUDGET_BYTES } : {}),
  };
}

/** The function's resource in the template. A singleton function has it elsewhere in the tree. */
function functionOf(target: IEnvironmentTarget): CfnFunction | undefined {
  const { permissionsNode = target.node } = target as { permissionsNode?: IConstruct['node'] };
  const resource = permissionsNode.defaultChild;
  const isFunction =
    CfnResource.isCfnResource(resource) && resource.cfnResourceType === 'AWS::Lambda::Function';
  return isFunction ? (resource as CfnFunction) : undefined;
}

function variablesOf(resource: CfnFunction): Variables {
  const environment = Stack.of(resource).resolve(resource.environment) as
    { readonly variables?: Variables } | undefined;
  return environment?.variables ?? {};
}
