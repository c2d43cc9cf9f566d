import { operation } from './operation.js';
import { arnGroup } from './resource-group.js';
import { addTags } from './tags.js';

export const tagResource = operation('TagResource', {
  honours: ['resourceArn', 'tags'],
  enforces: 'the ARN of a log group, without `:*`; 50 tags',
  assumes: 'text of the refusal of more tags',
  run({ resourceArn, tags }, { store }) {
    addTags(arnGroup(store, resourceArn), tags);
  },
});
