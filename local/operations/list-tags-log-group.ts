import { operation } from './operation.js';

export const listTagsLogGroup = operation('ListTagsLogGroup', {
  honours: ['logGroupName'],
  enforces: 'the older way of ListTagsForResource',
  run({ logGroupName }, { store }) {
    return { tags: store.group(logGroupName).settings.tags ?? {} };
  },
});
