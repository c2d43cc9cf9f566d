import { operation } from './operation.js';

export const deleteLogStream = operation('DeleteLogStream', {
  honours: ['logGroupName', 'logStreamName'],
  enforces: 'deletion protection of the log group',
  assumes: 'name and text of the refusal of a protected log group',
  run({ logGroupName, logStreamName }, { store }) {
    store.group(logGroupName).deleteStream(logStreamName);
  },
});
