import { missingFilter } from '../service-error.js';
import { operation } from './operation.js';

export const deleteMetricFilter = operation('DeleteMetricFilter', {
  honours: ['logGroupName', 'filterName'],
  enforces: 'an existing log group and filter',
  run({ logGroupName, filterName }, { store }) {
    const group = store.group(logGroupName);
    const { metricFilters = [] } = group.settings;
    const rest = metricFilters.filter((filter) => filter.filterName !== filterName);
    if (rest.length === metricFilters.length) throw missingFilter('metric filter');
    group.change({ metricFilters: rest });
  },
});
