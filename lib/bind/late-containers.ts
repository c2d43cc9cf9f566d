import type { IAspect } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isContainer, type BindTarget } from './bind-target.js';
import { boundTo } from './injection.js';

/** Binds containers that a bound task definition gets later. Skips containers that are bound by themselves. */
export class LateContainers implements IAspect {
  constructor(private readonly bind: (target: BindTarget) => void) {}

  visit(construct: IConstruct): void {
    if (isContainer(construct) && boundTo(construct) === undefined) this.bind(construct);
  }
}
