import { describedIndexPolicy } from './described-index-policy.js';
import { indexedFields } from './index-policy.js';
import { identifiedGroup, ofClass } from './named-group.js';
import { operation } from './operation.js';

export const putIndexPolicy = operation('PutIndexPolicy', {
  honours: ['logGroupIdentifier', 'policyDocument'],
  enforces: 'class STANDARD; up to 20 fields of up to 100 characters, in both forms',
  storesOnly: 'the policy: nothing is indexed',
  assumes: 'texts of the refusals',
  run({ logGroupIdentifier, policyDocument }, { store, nowMs }) {
    const group = ofClass(identifiedGroup(store, logGroupIdentifier), 'STANDARD');
    const fields = indexedFields(policyDocument);
    group.change({ indexPolicy: { policyDocument, fields, lastUpdateTime: nowMs } });
    return { indexPolicy: describedIndexPolicy(group) };
  },
});
