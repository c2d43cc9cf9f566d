import { describedIndexPolicy } from './described-index-policy.js';
import { identifiedGroup } from './named-group.js';
import { operation } from './operation.js';

/** One log group has one policy at most, so there is no second page. */
export const describeIndexPolicies = operation('DescribeIndexPolicies', {
  honours: ['logGroupIdentifiers'],
  enforces: 'one log group in a call',
  assumes: 'there are no policies of the account',
  run({ logGroupIdentifiers }, { store }) {
    const policies = logGroupIdentifiers.map((identifier) =>
      describedIndexPolicy(identifiedGroup(store, identifier)),
    );
    return { indexPolicies: policies.filter((policy) => policy !== undefined) };
  },
});
