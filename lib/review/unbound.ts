import { Annotations } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { isContainer, isTaskDefinition } from '../bind/bind-target.js';
import { isExcluded } from '../bind/exclusion.js';
import { isHelperOfCdk } from '../bind/helper-of-cdk.js';
import type { FinishedTree } from '../finished-tree.js';
import { grouped } from '../grouped.js';
import { hasSettings } from '../bind/own-settings.js';
import { isProgram } from '../bind/program.js';

/**
 * Warns of functions and task definitions in the finished tree that have the writer role of a logging construct and none of the
 * variables: they were never bound, and their sink would find no log group. Not every container of a task has to log.
 */
export function reviewUnbound(owner: IConstruct, tree: FinishedTree, role: iam.IRole): void {
  const users = tree.read(programsByRole).get(role) ?? [];
  for (const program of users.filter(isUnbound)) warnOfUnbound(program, owner.node.path);
}

function programsByRole(constructs: readonly IConstruct[]): ReadonlyMap<iam.IRole, readonly IConstruct[]> {
  return grouped(constructs, (each) => [roleOf(each) ?? []].flat());
}

function roleOf(construct: IConstruct): iam.IRole | undefined {
  if (!isProgram(construct) || isContainer(construct)) return undefined;
  return isTaskDefinition(construct) ? construct.taskRole : (construct as lambda.Function).role;
}

function isUnbound(construct: IConstruct): boolean {
  return !isExcluded(construct) && !isHelperOfCdk(construct) && !hasSettings(construct);
}

function warnOfUnbound(construct: IConstruct, by: string): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:notBound',
    `it has the writer role of ${by} and no variable that names the log group, so that its sink cannot start; ` +
      'call bindTo(…) with it, or set the variables that environment returns',
  );
}
