import { RETENTION_DAYS } from '../../contract/limits.js';
import { constraintBroken } from '../api/constraints.js';
import { operation } from './operation.js';

export const putRetentionPolicy = operation('PutRetentionPolicy', {
  honours: ['logGroupName', 'retentionInDays'],
  enforces: 'the 22 values; expired events are neither taken nor returned',
  assumes: 'text of the refusal of another value',
  run({ logGroupName, retentionInDays }, { store }) {
    if (!RETENTION_DAYS.includes(retentionInDays)) {
      const rule = `Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`;
      throw constraintBroken(retentionInDays, 'retentionInDays', rule);
    }
    store.group(logGroupName).change({ retentionInDays });
  },
});
