import { Annotations, CfnResource, type IAspect } from 'aws-cdk-lib';
import type { IConstruct, IMixin } from 'constructs';
import { containersOf, isContainer, isTaskDefinition, type BindTarget } from './bind-target.js';
import { isExcluded, isHelperOfCdk } from './exclusion.js';
import { boundTo } from './injection.js';

/**
 * Binds every function and container that it meets, as an Aspect or as a Mixin; what is bound already stays as it is. Left
 * out are constructs that are excluded, functions of CDK's own, and, with the warning `fapilog-cloudwatch:boundElsewhere`,
 * what is bound to another log group.
 *
 * @example
 * Aspects.of(app).add(logging.injector(), { priority: AspectPriority.MUTATING }); // what is defined later, too
 * Mixins.of(stack).apply(logging.injector()); // what is there now
 */
export class Injector implements IAspect, IMixin {
  /** @internal */
  constructor(
    private readonly by: string,
    private readonly bind: (target: BindTarget) => void,
  ) {}

  /** Whether the construct is a function, a container or a task definition that is not left out. */
  supports(construct: IConstruct): boolean {
    return isProgram(construct) && !isExcluded(construct) && !isHelperOfCdk(construct);
  }

  /** Binds the construct; of a task definition, each container. */
  applyTo(construct: IConstruct): void {
    if (isTaskDefinition(construct)) {
      for (const container of containersOf(construct)) this.visit(container);
      return;
    }
    const before = boundTo(construct);
    if (before === undefined) this.bind(construct as BindTarget);
    else if (before !== this.by) warnOfOther(construct, before, this.by);
  }

  /** Binds the construct if it can be bound. */
  visit(construct: IConstruct): void {
    if (this.supports(construct)) this.applyTo(construct);
  }
}

/** A singleton function is met where it is defined, a version or an alias at its function. */
function isProgram(construct: IConstruct): boolean {
  const resource = construct.node.defaultChild;
  const isFunction =
    CfnResource.isCfnResource(resource) &&
    resource.cfnResourceType === 'AWS::Lambda::Function' &&
    'addEnvironment' in construct;
  return isFunction || isContainer(construct) || isTaskDefinition(construct);
}

function warnOfOther(construct: IConstruct, other: string, by: string): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:boundElsewhere',
    `this is bound to ${other} and is not bound to ${by} as well; ` +
      'leave it out with CloudWatchLogging.exclude(…), or acknowledge this',
  );
}
