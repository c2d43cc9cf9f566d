import { identifiedGroup } from './named-group.js';
import { operation } from './operation.js';

export const deleteIndexPolicy = operation('DeleteIndexPolicy', {
  honours: ['logGroupIdentifier'],
  enforces: 'an existing log group',
  assumes: 'a log group without a policy is not refused',
  run({ logGroupIdentifier }, { store }) {
    identifiedGroup(store, logGroupIdentifier).change({ indexPolicy: undefined });
  },
});
