import { operation } from './operation.js';
import { addTags } from './tags.js';

export const tagResource = operation('TagResource', {
  honours: ['resourceArn', 'tags'],
  enforces: 'the ARN of a log group, without `:*`; 50 tags',
  assumes: 'text of the refusal of more tags',
  run({ resourceArn, tags }, { store }) {
    addTags(store.groupByArn(resourceArn), tags);
  },
});
