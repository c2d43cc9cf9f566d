import { operation } from './operation.js';

export const deleteLogGroup = operation('DeleteLogGroup', {
  honours: ['logGroupName'],
  enforces: 'deletion protection; streams, events and filters go with the log group',
  assumes: 'name and text of the refusal of a protected log group',
  run({ logGroupName }, { store }) {
    store.deleteGroup(logGroupName);
  },
});
