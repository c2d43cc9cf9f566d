import { parseFilterPattern } from '../filter-pattern/filter-pattern.js';
import { checkRegexFilters, withFilter } from './filter-limits.js';
import { checkTransformation } from './metric-transformation.js';
import { ofClass } from './named-group.js';
import { operation } from './operation.js';
import { checkSystemFields } from './system-fields.js';

/** Metric filters of a log group. API. */
const MAX_METRIC_FILTERS = 100;

export const putMetricFilter = operation('PutMetricFilter', {
  honours: [
    'logGroupName',
    'filterName',
    'filterPattern',
    'metricTransformations',
    'emitSystemFieldDimensions',
  ],
  enforces:
    'class STANDARD; the pattern; 100 filters a log group, 5 with a regular expression; value, dimensions and default of the transformation; events that match are counted',
  storesOnly: 'the transformation and the system fields: no metric is emitted',
  assumes: 'regular expressions of metric and subscription filters count together',
  run({ logGroupName, metricTransformations, emitSystemFieldDimensions, ...input }, { store, nowMs }) {
    const group = ofClass(store.group(logGroupName), 'STANDARD');
    const pattern = parseFilterPattern(input.filterPattern);
    checkSystemFields(emitSystemFieldDimensions);
    for (const each of metricTransformations)
      checkTransformation(each, pattern, emitSystemFieldDimensions?.length ?? 0);
    const filter = { ...input, metricTransformations, emitSystemFieldDimensions, creationTime: nowMs };
    const metricFilters = withFilter(group.settings.metricFilters ?? [], filter, MAX_METRIC_FILTERS);
    checkRegexFilters({ ...group.settings, metricFilters });
    group.change({ metricFilters });
  },
});
