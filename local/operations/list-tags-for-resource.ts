import { operation } from './operation.js';
import { arnGroup } from './resource-group.js';

export const listTagsForResource = operation('ListTagsForResource', {
  honours: ['resourceArn'],
  enforces: 'the ARN of a log group, without `:*`',
  run({ resourceArn }, { store }) {
    return { tags: arnGroup(store, resourceArn).settings.tags ?? {} };
  },
});
