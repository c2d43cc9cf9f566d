import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import type { IConstruct } from 'constructs';

/** Whether a log group is known to be in another account or Region than a construct's stack. */
export function isElsewhere(scope: IConstruct, logGroup: IEnvironmentAware): boolean {
  return comparisons(scope, logGroup).includes(TokenComparison.DIFFERENT);
}

/** Whether a log group is known to be in the account and Region of a construct's stack. */
export function isHere(scope: IConstruct, logGroup: IEnvironmentAware): boolean {
  return comparisons(scope, logGroup).every((comparison) => comparison === TokenComparison.SAME);
}

function comparisons(scope: IConstruct, { env }: IEnvironmentAware): TokenComparison[] {
  const { account, region } = Stack.of(scope);
  return [compare(env.account, account), compare(env.region, region)];
}

/** Environment-agnostic stacks share one token for their Region. CDK takes them for one environment, and so do we. */
function compare(theirs: string, ours: string): TokenComparison {
  return theirs === ours ? TokenComparison.SAME : Token.compareStrings(theirs, ours);
}
