import type * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct, type IConstruct } from 'constructs';
import { asGiven } from '../shapes.js';
import { containerPlace } from './container-place.js';
import { environmentPlace, type IEnvironmentTarget } from './lambda-place.js';
import type { Place } from './place.js';
import { userDataPlace, type IMachine } from './user-data-place.js';

/**
 * Programs that can be bound: functions (also singletons, versions, aliases and, for the grant alone, imports), task
 * definitions and single containers, instances, Auto Scaling groups and launch templates, and any other construct with
 * `addEnvironment` and a grant principal.
 */
export type BindTarget =
  | lambda.IFunction
  | lambda.Alias
  | lambda.Version
  | ecs.TaskDefinition
  | ecs.ContainerDefinition
  | ec2.Instance
  | ec2.LaunchTemplate
  | autoscaling.AutoScalingGroup
  | (IEnvironmentTarget & iam.IGrantable);

/** A program that writes, and the places of its variables. */
export interface Writer {
  readonly construct: IConstruct;
  readonly grantee: iam.IGrantable;
  /** Empty for an imported function. */
  readonly places: readonly Place[];
}

const BINDABLE =
  'bind a function, a task definition, a container, an instance, an Auto Scaling group or a launch template, ' +
  'and for anything else use grantWrite(…) and environment';

/**
 * Finds the writer behind a target. Looks at members instead of classes, because an app may load several copies of a
 * class.
 *
 * @throws Error if the target cannot be bound
 */
export function writerOf(target: BindTarget): Writer {
  if (!Construct.isConstruct(target)) {
    throw new Error(`cannot bind ${asGiven(target)}, which is no construct; ${BINDABLE}`);
  }
  const construct: IConstruct & Partial<Shape> = target;
  if (construct.lambda && !construct.addEnvironment) return writerOf(construct.lambda);
  const shared = sharedFunction(construct);
  if (shared) return writerOf(shared);
  if (isContainer(construct)) {
    return { construct, grantee: construct.taskDefinition.taskRole, places: [containerPlace(construct)] };
  }
  if (isTaskDefinition(construct)) {
    return { construct, grantee: construct.taskRole, places: containersOf(construct).map(containerPlace) };
  }
  if (isGrantable(construct)) {
    if (construct.addEnvironment)
      return { construct, grantee: construct, places: [environmentPlace(construct as IEnvironmentTarget)] };
    if ('osType' in construct)
      return { construct, grantee: construct, places: [userDataPlace(construct as IMachine)] };
    if ('functionArn' in construct) return imported(construct as lambda.IFunction);
  }
  throw new Error(
    `${construct.node.path}: cannot bind a construct that has no addEnvironment and no grant principal; ${BINDABLE}`,
  );
}

/** Members that distinguish the kinds of targets. */
interface Shape {
  readonly lambda: lambda.IFunction;
  readonly permissionsNode: IConstruct['node'];
  readonly taskDefinition: ecs.TaskDefinition;
  readonly taskRole: iam.IRole;
  readonly grantPrincipal: iam.IPrincipal;
  addContainer(...args: unknown[]): unknown;
  addEnvironment(...args: unknown[]): unknown;
}

/** The function behind a singleton: it is elsewhere in the tree, and other singletons and `bindAll` come to it, too. */
function sharedFunction({
  node,
  permissionsNode = node,
}: IConstruct & Partial<Shape>): lambda.Function | undefined {
  return permissionsNode === node ? undefined : (permissionsNode.defaultChild?.node.scope as lambda.Function);
}

export function isContainer(construct: IConstruct & Partial<Shape>): construct is ecs.ContainerDefinition {
  return construct.taskDefinition !== undefined && construct.addEnvironment !== undefined;
}

export function isTaskDefinition(construct: IConstruct & Partial<Shape>): construct is ecs.TaskDefinition {
  return construct.addContainer !== undefined && construct.taskRole !== undefined;
}

/** Searches the tree, because some versions of CDK do not keep the public list of containers. */
export function containersOf(taskDefinition: ecs.TaskDefinition): ecs.ContainerDefinition[] {
  return taskDefinition.node.findAll().filter(isContainer);
}

function isGrantable(
  construct: IConstruct & Partial<Shape>,
): construct is IConstruct & iam.IGrantable & Partial<Shape> {
  return 'grantPrincipal' in construct;
}

/** @throws Error if the import does not know the role */
function imported(fn: lambda.IFunction): Writer {
  if (fn.role) return { construct: fn, grantee: fn, places: [] };
  throw new Error(
    `${fn.node.path}: cannot grant write access to a function whose role is not known; ` +
      'import it with fromFunctionAttributes and its role',
  );
}
