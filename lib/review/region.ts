import { Annotations, CfnResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import type { FinishedTree } from '../finished-tree.js';
import { isUnresolved } from '../tokens.js';
import type { Writer } from '../bind/bind-target.js';

/** Reads the values of other Regions from parameters, and is found only where no weak reference serves. */
const READER = 'Custom::CrossRegionExportReader';

/**
 * Warns of a program with a role of a stack in another Region. Only stacks with `crossRegionReferences` can have one,
 * and what CDK defines then is not seen in the code.
 */
export function reviewRegion({ construct, grantee }: Writer, tree: FinishedTree): void {
  const role = grantee.grantPrincipal;
  if (!Construct.isConstruct(role) || !('roleArn' in role) || !isUnresolved(role.roleArn)) return;
  const [theirs, ours] = [role, construct].map((each) => Stack.of(each).region) as [string, string];
  const isElsewhere = Token.compareStrings(theirs, ours) === TokenComparison.DIFFERENT;
  if (!isElsewhere || !tree.read(scopesOfReaders).has(Stack.of(construct))) return;
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:crossRegionReferences',
    `its role ${role.node.path} is in a stack of another Region, ${theirs}, so that CDK defines a custom resource in ` +
      'both stacks to carry the ARN, each with a function and with a role that may write to every log group; ' +
      "define the role in the program's own stack, and bindTo grants it write access",
  );
}

/** Scopes around each reader, its stack and the stacks around that among them. */
function scopesOfReaders(constructs: readonly IConstruct[]): ReadonlySet<IConstruct> {
  const readers = constructs.filter(
    (each) => CfnResource.isCfnResource(each) && each.cfnResourceType === READER,
  );
  return new Set(readers.flatMap((reader) => reader.node.scopes));
}
