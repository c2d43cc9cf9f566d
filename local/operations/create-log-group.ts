import { checkNotReserved } from './named-group.js';
import { operation } from './operation.js';

export const createLogGroup = operation('CreateLogGroup', {
  honours: ['logGroupName', 'logGroupClass', 'kmsKeyId', 'tags', 'deletionProtectionEnabled'],
  enforces: 'names, classes, tags, deletion protection, the prefix `aws/`',
  storesOnly: 'the id of the KMS key: no key is looked up',
  run({ logGroupName, logGroupClass, kmsKeyId, tags, deletionProtectionEnabled }, { store, nowMs }) {
    checkNotReserved(logGroupName);
    store.createGroup(
      { name: logGroupName, creationTime: nowMs, logGroupClass: logGroupClass ?? 'STANDARD' },
      { kmsKeyId, tags, isProtected: deletionProtectionEnabled },
    );
  },
});
