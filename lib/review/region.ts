import { Annotations, CfnResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { isUnresolved } from '../tokens.js';
import type { Writer } from '../bind/bind-target.js';

/** Reads the values of other Regions from parameters, and is found only where no weak reference serves. */
const READER = 'Custom::CrossRegionExportReader';

/**
 * Warns of a program with a role of a stack in another Region. Only stacks with `crossRegionReferences` can have one,
 * and what CDK defines then is not seen in the code.
 */
export function reviewRegion({ construct, grantee }: Writer): void {
  const role = grantee.grantPrincipal;
  if (!Construct.isConstruct(role) || !('roleArn' in role) || !isUnresolved(role.roleArn)) return;
  const [theirs, ours] = [role, construct].map((each) => Stack.of(each).region) as [string, string];
  if (Token.compareStrings(theirs, ours) !== TokenComparison.DIFFERENT || !hasReader(construct)) return;
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:crossRegionReferences',
    `its role ${role.node.path} is in a stack of another Region, ${theirs}, so that CDK defines a custom resource in ` +
      'both stacks to carry the ARN, each with a function and with a role that may write to every log group; ' +
      "define the role in the program's own stack, and bindTo grants it write access",
  );
}

function hasReader(construct: IConstruct): boolean {
  const constructs = Stack.of(construct).node.findAll();
  return constructs.some((each) => CfnResource.isCfnResource(each) && each.cfnResourceType === READER);
}
