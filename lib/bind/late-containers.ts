import type { IAspect } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isContainer, type BindTarget } from './bind-target.js';
import { boundTo } from './injection.js';

/** Binds the containers that a bound task definition gets later; one that was bound by itself stays as it is. */
export class LateContainers implements IAspect {
  constructor(private readonly bind: (target: BindTarget) => void) {}

  visit(construct: IConstruct): void {
    if (isContainer(construct) && boundTo(construct) === undefined) this.bind(construct);
  }
}
