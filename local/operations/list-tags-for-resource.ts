import { operation } from './operation.js';

export const listTagsForResource = operation('ListTagsForResource', {
  honours: ['resourceArn'],
  enforces: 'the ARN of a log group, without `:*`',
  run({ resourceArn }, { store }) {
    return { tags: store.groupByArn(resourceArn).settings.tags ?? {} };
  },
});
