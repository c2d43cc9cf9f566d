import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isContainer, isTaskDefinition } from './bind-target.js';

/**
 * Whether the construct is a function, a container or a task definition. CDK visits a singleton function where it is
 * defined, a version or an alias at its function.
 */
export function isProgram(construct: IConstruct): boolean {
  const resource = construct.node.defaultChild;
  const isFunction =
    CfnResource.isCfnResource(resource) &&
    resource.cfnResourceType === 'AWS::Lambda::Function' &&
    'addEnvironment' in construct;
  return isFunction || isContainer(construct) || isTaskDefinition(construct);
}
