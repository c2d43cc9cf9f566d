import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { CfnService } from 'aws-cdk-lib/aws-ecs';
import type { CfnAlias, CfnVersion } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { functionResourceOf } from '../bind/lambda-place.js';
import { withReferences } from '../with-references.js';

/**
 * How many copies of a program may run at once, as far as the templates show it: tasks of a task definition, machines of an Auto
 * Scaling group or a launch template, environments of a function. A number that only the deployment knows counts as nothing.
 */
export class Capacity {
  private readonly copies = new Map<IConstruct, number>();

  /** @param isIncluded asked of the few resources that matter: others are not rendered */
  constructor(constructs: readonly IConstruct[], isIncluded: (resource: IConstruct) => boolean) {
    const resources = constructs.filter(
      (each): each is CfnResource => CfnResource.isCfnResource(each) && matters(each) && isIncluded(each),
    );
    const limits = scalingLimits(resources);
    for (const resource of resources) this.count(resource, limits);
  }

  /** @param program a task definition, a machine or a function, an imported one included */
  of(program: IConstruct): number {
    const counted = this.copies.get(resourceOf(program)) ?? 0;
    const fn = functionResourceOf(program);
    return fn ? Math.max(counted, countOf(fn.reservedConcurrentExecutions)) : counted;
  }

  /** Counts what runs by this resource, if that is known without the deployment. */
  private count(resource: CfnResource, limits: ReadonlyMap<IConstruct, number>): void {
    const kind = KINDS[resource.cfnResourceType];
    if (!kind) return;
    const count = Math.max(...kind.counts(resource).map(countOf), limits.get(resource) ?? 0);
    if (count === 0) return;
    for (const program of kind.programs(resource)) {
      this.copies.set(program, (this.copies.get(program) ?? 0) + count);
    }
  }
}

/** A resource by which programs run. */
interface Kind {
  /** Resources of the programs; an imported one is its construct. */
  programs(resource: CfnResource): Iterable<IConstruct>;
  /** Numbers of which the greatest is that of the copies. */
  counts(resource: CfnResource): readonly unknown[];
}

const QUALIFIED: Kind = {
  programs: (resource) => {
    const { lambda } = resource.node.scope as { readonly lambda?: IConstruct };
    return lambda
      ? [resourceOf(lambda)]
      : withReferences((resource as CfnAlias | CfnVersion).functionName, resource).targets;
  },
  counts: (resource) => {
    const config = Stack.of(resource).resolve(
      (resource as CfnAlias | CfnVersion).provisionedConcurrencyConfig,
    ) as { readonly provisionedConcurrentExecutions?: unknown } | undefined;
    return [config?.provisionedConcurrentExecutions];
  },
};

const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::Lambda::Alias': QUALIFIED,
  'AWS::Lambda::Version': QUALIFIED,
  'AWS::ECS::Service': {
    programs: (resource) => {
      const { taskDefinition } = resource.node.scope as { readonly taskDefinition?: IConstruct };
      // The newest revision is named by its family, which is plain text.
      return taskDefinition
        ? [resourceOf(taskDefinition)]
        : withReferences((resource as CfnService).taskDefinition, resource).targets;
    },
    counts: (resource) => [(resource as CfnService).desiredCount],
  },
  'AWS::AutoScaling::AutoScalingGroup': {
    programs: (resource) => {
      const { launchTemplate, mixedInstancesPolicy } = resource as CfnAutoScalingGroup;
      return [resource, ...withReferences([launchTemplate, mixedInstancesPolicy], resource).targets];
    },
    counts: (resource) => {
      const { maxSize, desiredCapacity } = resource as CfnAutoScalingGroup;
      return [maxSize, desiredCapacity];
    },
  },
};

const SCALABLE_TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';

function matters({ cfnResourceType: type }: CfnResource): boolean {
  return type === SCALABLE_TARGET || KINDS[type] !== undefined;
}

/** The greatest capacity to which Application Auto Scaling may bring a resource. */
function scalingLimits(resources: readonly CfnResource[]): ReadonlyMap<IConstruct, number> {
  const targets = resources.filter((each) => each.cfnResourceType === SCALABLE_TARGET);
  return new Map(
    targets.flatMap((each) => {
      const target = each as CfnScalableTarget;
      const scaled = withReferences(target.resourceId, target).targets;
      return [...scaled].map((resource) => [resource, countOf(target.maxCapacity)] as const);
    }),
  );
}

function resourceOf(program: IConstruct): IConstruct {
  return program.node.defaultChild ?? program;
}

/** CDK writes the numbers of an Auto Scaling group as text. A token is another number, or text with more than digits. */
function countOf(value: unknown): number {
  return /^\d+$/.test(String(value)) ? Number(value) : 0;
}
