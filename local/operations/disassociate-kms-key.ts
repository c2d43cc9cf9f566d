import { operation } from './operation.js';
import { resourceGroup } from './resource-group.js';

export const disassociateKmsKey = operation('DisassociateKmsKey', {
  honours: ['logGroupName', 'resourceIdentifier'],
  enforces: 'one of name and ARN, an existing log group',
  assumes: 'a log group without a key is not refused',
  run(naming, { store }) {
    resourceGroup(store, naming).change({ kmsKeyId: undefined });
  },
});
