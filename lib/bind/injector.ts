import { Annotations, CfnResource, type IAspect } from 'aws-cdk-lib';
import type { IConstruct, IMixin } from 'constructs';
import { containersOf, isContainer, isTaskDefinition, type BindTarget } from './bind-target.js';
import { isExcluded } from './exclusion.js';
import { isHelperOfCdk } from './helper-of-cdk.js';
import { boundTo } from './injection.js';

/**
 * Binds every function and container that it visits, as an Aspect or as a Mixin. Leaves bound constructs as they are.
 * Skips excluded constructs, functions of CDK's own and, with the warning `fapilog-cloudwatch:boundElsewhere`,
 * constructs that are bound to another log group.
 *
 * @example
 * Aspects.of(app).add(logging.injector(), { priority: AspectPriority.MUTATING }); // also constructs defined later
 * Mixins.of(stack).apply(logging.injector()); // only constructs defined so far
 */
export class Injector implements IAspect, IMixin {
  /** @internal */
  constructor(
    private readonly by: string,
    private readonly bind: (target: BindTarget) => void,
  ) {}

  /** Whether the construct is a function, a container or a task definition, and is not skipped. */
  supports(construct: IConstruct): boolean {
    return isProgram(construct) && !isExcluded(construct) && !isHelperOfCdk(construct);
  }

  /** Binds the construct, or each container of a task definition. */
  applyTo(construct: IConstruct): void {
    if (isTaskDefinition(construct)) {
      for (const container of containersOf(construct)) this.visit(container);
      return;
    }
    const before = boundTo(construct);
    if (before === undefined) this.bind(construct as BindTarget);
    else if (before !== this.by) warnOfOther(construct, before, this.by);
  }

  /** Binds the construct if {@link supports} accepts it. */
  visit(construct: IConstruct): void {
    if (this.supports(construct)) this.applyTo(construct);
  }
}

/**
 * Whether the construct is a function, a container or a task definition. CDK visits a singleton function where it is defined, a
 * version or an alias at its function.
 */
export function isProgram(construct: IConstruct): boolean {
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
