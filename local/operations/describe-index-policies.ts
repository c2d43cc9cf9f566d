import { describedIndexPolicy } from './described-index-policy.js';
import { identifiedGroup } from './named-group.js';
import { operation } from './operation.js';
import { invalidToken } from './pages.js';

/** One log group has one policy at most, so there is no second page. */
export const describeIndexPolicies = operation('DescribeIndexPolicies', {
  honours: ['logGroupIdentifiers', 'nextToken'],
  enforces: 'one log group in a call',
  assumes: 'there are no policies of the account',
  run({ logGroupIdentifiers, nextToken }, { store }) {
    if (nextToken !== undefined) throw invalidToken();
    const policies = logGroupIdentifiers.map((identifier) =>
      describedIndexPolicy(identifiedGroup(store, identifier)),
    );
    return { indexPolicies: policies.filter((policy) => policy !== undefined) };
  },
});
