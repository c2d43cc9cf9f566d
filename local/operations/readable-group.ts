import { groupIdentifierMember, type Input } from '../api/members.js';
import { invalidParameter } from '../service-error.js';
import type { LogGroup } from '../store/log-group.js';
import type { Store } from '../store/store.js';

/** Only log groups of class STANDARD can be read event by event (documented). The text is assumed. */
export function readableGroup(store: Store, input: Input): LogGroup {
  const group = store.group(groupIdentifierMember(input));
  const { logGroupClass } = group.identity;
  if (logGroupClass === 'STANDARD') return group;
  throw invalidParameter(`The operation is not supported for log groups of class ${logGroupClass}.`);
}
