import { Annotations, Stage, type IAspect } from 'aws-cdk-lib';
import type { IConstruct, IMixin } from 'constructs';
import { containersOf, isTaskDefinition, type BindTarget } from './bind-target.js';
import { isExcluded } from './exclusion.js';
import { isHelperOfCdk } from './helper-of-cdk.js';
import { boundTo } from './injection.js';
import type { LeftOut } from './left-out.js';
import { isProgram } from './program.js';
import { unreachableReason } from './unreachable.js';

/**
 * Binds every function and container that it visits, as an Aspect or as a Mixin. Leaves bound constructs as they are.
 * Skips excluded constructs, functions of CDK's own and, with the warning `fapilog-cloudwatch:boundElsewhere`,
 * constructs that are bound to another log group.
 *
 * Leaves out, with the warning `fapilog-cloudwatch:leftOut`, whatever cannot be bound: L1 resources (also those of
 * `CfnInclude` and SAM), imports, job definitions of Batch, services of App Runner, and programs in an account or Region
 * where the log group is not known. Warns by `fapilog-cloudwatch:otherStage:…` of those in other stages. Machines,
 * builds and state machines are neither functions nor containers.
 *
 * @example
 * Aspects.of(app).add(logging.injector(), { priority: AspectPriority.MUTATING }); // also constructs defined later
 * Mixins.of(stack).apply(logging.injector()); // only constructs defined so far
 */
export class Injector implements IAspect, IMixin {
  /** @internal */
  constructor(
    private readonly owner: IConstruct,
    private readonly leftOut: LeftOut,
    private readonly bind: (target: BindTarget) => void,
  ) {}

  /** Whether the construct is a function, a container or a task definition, of any kind, and is not skipped. */
  supports(construct: IConstruct): boolean {
    const isMeant = isProgram(construct) || unreachableReason(construct) !== undefined;
    return isMeant && !isExcluded(construct) && !isHelperOfCdk(construct);
  }

  /** Binds the construct, or each container of a task definition. Notes what cannot be bound. */
  applyTo(construct: IConstruct): void {
    const reason = unreachableReason(construct);
    if (Stage.of(construct) !== Stage.of(this.owner)) this.leftOut.addStranger(construct);
    else if (reason !== undefined) this.leftOut.add(construct, reason);
    else if (isTaskDefinition(construct)) for (const each of containersOf(construct)) this.visit(each);
    else this.bindOnce(construct);
  }

  /** Does what {@link applyTo} does if {@link supports} accepts the construct. */
  visit(construct: IConstruct): void {
    if (this.supports(construct)) this.applyTo(construct);
    // CDK does not invoke an Aspect across stages.
    for (const stage of construct.node.children.filter((child) => Stage.isStage(child))) {
      for (const inner of stage.node.findAll()) if (this.supports(inner)) this.applyTo(inner);
    }
  }

  private bindOnce(construct: IConstruct): void {
    const before = boundTo(construct);
    if (before === undefined) this.tryToBind(construct as BindTarget);
    else if (before !== this.owner.node.path) warnOfOther(construct, before, this.owner.node.path);
  }

  /** One program that cannot be bound does not keep the others from it. */
  private tryToBind(target: BindTarget): void {
    try {
      this.bind(target);
    } catch (error) {
      this.leftOut.add(target, (error as Error).message.replace(`${this.owner.node.path}: `, ''));
    }
  }
}

function warnOfOther(construct: IConstruct, other: string, by: string): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:boundElsewhere',
    `this is bound to ${other} and is not bound to ${by} as well; ` +
      'leave it out with CloudWatchLogging.exclude(…), or acknowledge this',
  );
}
