import { invalidParameter } from '../service-error.js';
import type { LogGroup } from '../store/log-group.js';
import type { Store } from '../store/store.js';

/** How the operations on keys name their log group. */
interface ResourceNaming {
  readonly logGroupName?: string | undefined;
  /** ARN of a log group. The service takes that of all query results, too. */
  readonly resourceIdentifier?: string | undefined;
}

/** That one and not both must be given is documented, the texts are assumed. */
export function resourceGroup(store: Store, { logGroupName, resourceIdentifier }: ResourceNaming): LogGroup {
  if (logGroupName !== undefined && resourceIdentifier !== undefined)
    throw invalidParameter('Cannot specify both logGroupName and resourceIdentifier.');
  if (logGroupName !== undefined) return store.group(logGroupName);
  if (resourceIdentifier === undefined)
    throw invalidParameter('Specify either logGroupName or resourceIdentifier.');
  if (resourceIdentifier.includes(':query-result:'))
    throw invalidParameter('This local server has no encryption of query results.');
  return store.groupByArn(resourceIdentifier);
}
