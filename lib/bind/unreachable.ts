import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isProgram } from './program.js';

/** Resources that run functions or containers, and take variables from their own props only. */
const PROGRAM_TYPES = [
  'AWS::Lambda::Function',
  'AWS::Serverless::Function',
  'AWS::ECS::TaskDefinition',
  'AWS::ECS::DaemonTaskDefinition',
  'AWS::ECS::ExpressGatewayService',
  'AWS::Batch::JobDefinition',
  'AWS::AppRunner::Service',
];

/**
 * Returns why no variables can be set on a function or container, and what its owner can do. `undefined` for programs
 * that can be bound, and for anything that is neither.
 */
export function unreachableReason(construct: IConstruct): string | undefined {
  if (CfnResource.isCfnResource(construct)) return reasonOfResource(construct);
  if (isImportOf('functionArn', construct))
    return importReason('an imported function', 'call bindTo(…) for its grant');
  if (isImportOf('taskDefinitionArn', construct)) {
    return importReason('an imported task definition', 'call grantWrite(…) with its task role');
  }
  return undefined;
}

function reasonOfResource(resource: CfnResource): string | undefined {
  const { cfnResourceType: type } = resource;
  if (!PROGRAM_TYPES.includes(type) || isPartOfProgram(resource)) return undefined;
  return (
    `${type} takes variables from its own props only; set those that environment or toKeyValuePairs() returns ` +
    'there, and grant its role access with grantWrite(…)'
  );
}

function isPartOfProgram(resource: CfnResource): boolean {
  const { scope } = resource.node;
  return scope !== undefined && scope.node.defaultChild === resource && isProgram(scope);
}

function importReason(what: string, grant: string): string {
  return (
    `variables cannot be set on ${what}; ${grant}, ` +
    'and let its owner set the variables that environment returns'
  );
}

/** Imports have an ARN and nothing in the template. Versions and aliases follow their function. */
function isImportOf(arn: string, construct: IConstruct): boolean {
  const isOwn = 'addEnvironment' in construct || 'addContainer' in construct || 'lambda' in construct;
  const isTarget = arn in construct && ('grantPrincipal' in construct || 'taskRole' in construct);
  return isTarget && !isOwn && !construct.node.defaultChild;
}
