import { parseFilterPattern } from '../filter-pattern/filter-pattern.js';
import { checkRegexFilters, withFilter } from './filter-limits.js';
import { ofClass } from './named-group.js';
import { operation } from './operation.js';
import { checkDestination } from './subscription-destination.js';
import { checkSystemFields } from './system-fields.js';

/** Subscription filters of a log group. API; somebody saw five in September 2026. */
const MAX_SUBSCRIPTION_FILTERS = 2;

export const putSubscriptionFilter = operation('PutSubscriptionFilter', {
  honours: [
    'logGroupName',
    'filterName',
    'filterPattern',
    'destinationArn',
    'roleArn',
    'distribution',
    'emitSystemFields',
  ],
  enforces:
    'class STANDARD; the pattern; two filters a log group (documented; once seen five), 5 with a regular expression; service, role and account of the destination; events that match are counted',
  storesOnly: 'the destination: it is not looked up, and nothing is delivered',
  assumes: 'regular expressions of metric and subscription filters count together',
  run({ logGroupName, distribution = 'ByLogStream', ...input }, { store, nowMs }) {
    const group = ofClass(store.group(logGroupName), 'STANDARD');
    parseFilterPattern(input.filterPattern);
    checkSystemFields(input.emitSystemFields);
    checkDestination(input, group.identity.place.accountId);
    const filter = { ...input, distribution, creationTime: nowMs };
    const present = group.settings.subscriptionFilters ?? [];
    const subscriptionFilters = withFilter(present, filter, MAX_SUBSCRIPTION_FILTERS);
    checkRegexFilters({ ...group.settings, subscriptionFilters });
    group.change({ subscriptionFilters });
  },
});
