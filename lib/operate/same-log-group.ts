import { Stack } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { literalName } from '../log-group-name.js';
import { isElsewhere } from '../stack-environment.js';
import { resourceReferredTo } from '../resource-referred-to.js';

/** Whether a name is that of a log group. The construct `user` uses the name, in whichever stack. */
export function isSameLogGroup(name: string, user: IConstruct, logGroup: logs.ILogGroup): boolean {
  const [theirs, ours] = [resourceReferredTo(name), resourceReferredTo(logGroup.logGroupName)];
  if (theirs && ours) return theirs === ours;
  const literals = [literalName(name), literalName(logGroup.logGroupName)];
  if (literals.every((literal) => literal !== undefined)) {
    return literals[0] === literals[1] && !isElsewhere(user, logGroup);
  }
  return readsAlike(name, user, logGroup);
}

/** Any other token, such as a parameter or an import, means the same if it reads the same in the same stack. */
function readsAlike(name: string, user: IConstruct, logGroup: logs.ILogGroup): boolean {
  const stack = Stack.of(user);
  const texts = [name, logGroup.logGroupName].map((text) => JSON.stringify(stack.resolve(text)));
  return stack === Stack.of(logGroup) && texts[0] === texts[1];
}
