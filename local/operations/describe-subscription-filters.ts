import { logGroupArn } from '../arns.js';
import { operation } from './operation.js';
import { listPage, MAX_DESCRIBED } from './pages.js';

/** That `applyOnTransformedLogs` is shown is reported. */
export const describeSubscriptionFilters = operation('DescribeSubscriptionFilters', {
  honours: ['logGroupName', 'filterNamePrefix', 'limit', 'nextToken'],
  enforces: 'an existing log group; a prefix; order by name; pages of 50',
  run({ logGroupName, filterNamePrefix = '', limit = MAX_DESCRIBED, nextToken }, { store }) {
    const { subscriptionFilters = [] } = store.group(logGroupName).settings;
    const { items, ...next } = listPage({
      of: `DescribeSubscriptionFilters ${logGroupArn(store.place, logGroupName)}`,
      items: subscriptionFilters.filter(({ filterName }) => filterName.startsWith(filterNamePrefix)),
      keyOf: ({ filterName }) => [0, filterName],
      limit,
      token: nextToken,
    });
    const shown = items.map((filter) => ({ ...filter, logGroupName, applyOnTransformedLogs: false }));
    return { subscriptionFilters: shown, ...next };
  },
});
