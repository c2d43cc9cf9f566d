import { operation } from './operation.js';
import { removeTags } from './tags.js';

export const untagResource = operation('UntagResource', {
  honours: ['resourceArn', 'tagKeys'],
  enforces: 'the ARN of a log group, without `:*`',
  run({ resourceArn, tagKeys }, { store }) {
    removeTags(store.groupByArn(resourceArn), tagKeys);
  },
});
