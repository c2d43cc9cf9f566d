import { logGroupArn } from '../arns.js';
import type { InputOf } from '../api/shapes.js';
import { invalidParameter } from '../service-error.js';
import type { MetricFilter } from '../store/group-filters.js';
import type { LogGroup } from '../store/log-group.js';
import { operation } from './operation.js';
import { listPage, MAX_DESCRIBED } from './pages.js';

type Input = InputOf<'DescribeMetricFilters'>;

interface Found {
  readonly group: LogGroup;
  readonly filter: MetricFilter;
}

export const describeMetricFilters = operation('DescribeMetricFilters', {
  honours: ['logGroupName', 'filterNamePrefix', 'metricName', 'metricNamespace', 'limit', 'nextToken'],
  enforces:
    'a log group, with or without a prefix; or name and namespace of a metric; or neither; order by name; pages of 50',
  run(input, { store }) {
    checkSelection(input);
    const groups = input.logGroupName === undefined ? store.groups : [store.group(input.logGroupName)];
    const { items, ...next } = listPage({
      of: `DescribeMetricFilters ${logGroupArn(store.place, input.logGroupName ?? '')}`,
      items: groups.flatMap(filtersOf).filter(({ filter }) => isSelected(filter, input)),
      keyOf: ({ filter, group }) => [0, `${filter.filterName}:${group.identity.name}`],
      limit: input.limit ?? MAX_DESCRIBED,
      token: input.nextToken,
    });
    return { metricFilters: items.map(describe), ...next };
  },
});

/** The rule is documented, the text reported. */
function checkSelection({ logGroupName, metricName, metricNamespace }: Input): void {
  const isOfMetric = metricName !== undefined || metricNamespace !== undefined;
  const isWhole = metricName !== undefined && metricNamespace !== undefined;
  if (!isOfMetric || (isWhole && logGroupName === undefined)) return;
  throw invalidParameter(
    'Describe Metric Filters request must contain either logGroupName or metricName and metricNamespace',
  );
}

function filtersOf(group: LogGroup): Found[] {
  return (group.settings.metricFilters ?? []).map((filter) => ({ group, filter }));
}

/** Without a log group, the prefix has no effect (documented). */
function isSelected(filter: MetricFilter, input: Input): boolean {
  const { logGroupName, filterNamePrefix = '', metricName, metricNamespace } = input;
  if (logGroupName !== undefined) return filter.filterName.startsWith(filterNamePrefix);
  return (
    metricName === undefined ||
    filter.metricTransformations.some(
      (each) => each.metricName === metricName && each.metricNamespace === metricNamespace,
    )
  );
}

/** That `applyOnTransformedLogs` is shown is reported. */
function describe({ filter, group }: Found): object {
  return { ...filter, logGroupName: group.identity.name, applyOnTransformedLogs: false };
}
