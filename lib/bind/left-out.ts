import { Annotations, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isContainer } from './bind-target.js';
import { isExcluded } from './exclusion.js';
import { hasSettings } from './own-settings.js';

const FIX = 'or leave it out with CloudWatchLogging.exclude(…)';

/** At most this many paths are in one warning. */
const MAX_PATHS = 10;

/**
 * Functions and containers that `bindAll` and injectors could not bind. The review warns of those that have no settings
 * when the tree is finished: the user may have set them, or bound them to another log group.
 */
export class LeftOut {
  private readonly reasons = new Map<IConstruct, string>();

  constructor(
    private readonly owner: IConstruct,
    private readonly isBound: (construct: IConstruct) => boolean,
  ) {}

  /** @param reason why the construct was not bound, and what its owner can do */
  add(construct: IConstruct, reason: string): void {
    this.reasons.set(construct, reason);
  }

  /** Notes a program in another stage; a container by its task definition. */
  addStranger(construct: IConstruct): void {
    this.add(isContainer(construct) ? construct.taskDefinition : construct, '');
  }

  review(): void {
    const left = [...this.reasons].filter(([construct]) => this.isLeft(construct));
    const strangers = new Map<Stage | undefined, IConstruct[]>();
    for (const [construct, reason] of left) {
      const stage = Stage.of(construct);
      if (stage === Stage.of(this.owner)) warnOf(construct, reason, this.owner.node.path);
      else strangers.set(stage, [...(strangers.get(stage) ?? []), construct]);
    }
    for (const [stage, constructs] of strangers) this.warnOfStage(stage, constructs);
  }

  private isLeft(construct: IConstruct): boolean {
    return !isExcluded(construct) && !this.isBound(construct) && !hasSettings(construct);
  }

  /**
   * At the logging construct, because CDK keeps no warning of a stage, and has written the template of an inner stage
   * before it comes to this one.
   */
  private warnOfStage(stage: Stage | undefined, constructs: readonly IConstruct[]): void {
    const path = stage?.node.path || 'the app';
    const paths = constructs.map(({ node }) => node.path).toSorted();
    const more = paths.length > MAX_PATHS ? ` and ${paths.length - MAX_PATHS} more` : '';
    Annotations.of(this.owner).addWarningV2(
      `fapilog-cloudwatch:otherStage:${path}`,
      `${path} is another stage, and no stage may refer to another; not bound: ` +
        `${paths.slice(0, MAX_PATHS).join(', ')}${more}; define a CloudWatchLogging in that stage, ${FIX}`,
    );
  }
}

function warnOf(construct: IConstruct, reason: string, by: string): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:leftOut',
    `this is not bound to ${by}: ${reason}, ${FIX}`,
  );
}
