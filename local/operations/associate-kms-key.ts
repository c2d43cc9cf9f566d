import { operation } from './operation.js';
import { resourceGroup } from './resource-group.js';

export const associateKmsKey = operation('AssociateKmsKey', {
  honours: ['logGroupName', 'resourceIdentifier', 'kmsKeyId'],
  enforces: 'one of name and ARN, an existing log group',
  storesOnly: 'the id of the KMS key: no key is looked up, nothing is encrypted',
  run({ kmsKeyId, ...naming }, { store }) {
    resourceGroup(store, naming).change({ kmsKeyId });
  },
});
