import { operation } from './operation.js';
import { removeTags } from './tags.js';

export const untagLogGroup = operation('UntagLogGroup', {
  honours: ['logGroupName', 'tags'],
  enforces: 'the older way of UntagResource',
  run({ logGroupName, tags }, { store }) {
    removeTags(store.group(logGroupName), tags);
  },
});
