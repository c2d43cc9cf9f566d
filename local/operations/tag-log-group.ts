import { operation } from './operation.js';
import { addTags } from './tags.js';

export const tagLogGroup = operation('TagLogGroup', {
  honours: ['logGroupName', 'tags'],
  enforces: 'the older way of TagResource',
  run({ logGroupName, tags }, { store }) {
    addTags(store.group(logGroupName), tags);
  },
});
