import { identifiedGroup } from './named-group.js';
import { operation } from './operation.js';

export const putLogGroupDeletionProtection = operation('PutLogGroupDeletionProtection', {
  honours: ['logGroupIdentifier', 'deletionProtectionEnabled'],
  enforces: 'a protected log group and its streams cannot be deleted',
  run({ logGroupIdentifier, deletionProtectionEnabled }, { store }) {
    identifiedGroup(store, logGroupIdentifier).change({ isProtected: deletionProtectionEnabled });
  },
});
