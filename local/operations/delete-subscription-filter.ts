import { missingFilter } from '../service-error.js';
import { operation } from './operation.js';

export const deleteSubscriptionFilter = operation('DeleteSubscriptionFilter', {
  honours: ['logGroupName', 'filterName'],
  enforces: 'an existing log group and filter',
  run({ logGroupName, filterName }, { store }) {
    const group = store.group(logGroupName);
    const { subscriptionFilters = [] } = group.settings;
    const rest = subscriptionFilters.filter((filter) => filter.filterName !== filterName);
    if (rest.length === subscriptionFilters.length) throw missingFilter('subscription filter');
    group.change({ subscriptionFilters: rest });
  },
});
