import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { BindOptions, BindTarget, ICloudWatchLogging } from '../../lib/index.js';
import {
  code,
  containerIn,
  functionIn,
  groupIn,
  instanceIn,
  launchTemplateIn,
  roleIn,
  Service,
  taskDefinitionIn,
} from './bind/targets.js';

/** Defines a writer in a scope of its own, and tells by which role it writes. */
export type DefineWriter = (
  scope: Construct,
  logging: ICloudWatchLogging,
  options?: BindOptions,
) => iam.IRole;

function bound(target: (scope: Construct) => BindTarget): DefineWriter {
  return (scope, logging, options) => {
    const it = target(scope);
    logging.bindTo(it, options);
    return roleOf(it);
  };
}

function roleOf(target: BindTarget): iam.IRole {
  if ('taskDefinition' in target) return target.taskDefinition.taskRole;
  return 'taskRole' in target ? target.taskRole : (target.grantPrincipal as iam.IRole);
}

/** Every kind of construct that can be bound, each with a role of its own. */
export const boundWriters: Readonly<Record<string, DefineWriter>> = {
  'a function': bound(functionIn),
  'a singleton function': bound(
    (scope) =>
      new lambda.SingletonFunction(scope, 'Singleton', {
        ...code,
        uuid: scope.node.addr,
        role: roleIn(scope),
      }),
  ),
  'a version': bound((scope) => functionIn(scope).currentVersion),
  'an alias': bound(
    (scope) =>
      new lambda.Alias(scope, 'Live', { aliasName: 'live', version: functionIn(scope).currentVersion }),
  ),
  'a task definition': bound((scope) => {
    const task = taskDefinitionIn(scope);
    containerIn(task);
    return task;
  }),
  'a container': bound((scope) => containerIn(taskDefinitionIn(scope))),
  'an instance': bound(instanceIn),
  'an Auto Scaling group': bound(groupIn),
  'a launch template': bound(launchTemplateIn),
  'anything with addEnvironment': bound((scope) => new Service(scope)),
};

/** Those that write what the construct's own settings say. */
export const ownWriters: Readonly<Record<string, DefineWriter>> = {
  'the writer role': (_, logging) => logging.role,
  'a function with the writer role': (scope, logging) => {
    logging.bindTo(functionIn(scope, { role: logging.role, logGroup: logging.logGroup }));
    return logging.role;
  },
  'a role that was granted write access': (scope, logging) => {
    const role = roleIn(scope);
    logging.grantWrite(role);
    return role;
  },
};

/** The logical id of a role that is defined in a template. */
export function roleIdOf(role: iam.IRole): string {
  return Stack.of(role).getLogicalId(role.node.defaultChild as CfnResource);
}
