import { operation } from './operation.js';

export const createLogStream = operation('CreateLogStream', {
  honours: ['logGroupName', 'logStreamName'],
  enforces: 'names, an existing log group, a name that is free',
  run({ logGroupName, logStreamName }, { store, nowMs }) {
    store.group(logGroupName).createStream(logStreamName, nowMs);
  },
});
