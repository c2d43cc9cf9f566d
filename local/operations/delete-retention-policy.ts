import { operation } from './operation.js';

export const deleteRetentionPolicy = operation('DeleteRetentionPolicy', {
  honours: ['logGroupName'],
  enforces: 'events stay for ever from then on',
  run({ logGroupName }, { store }) {
    store.group(logGroupName).change({ retentionInDays: undefined });
  },
});
