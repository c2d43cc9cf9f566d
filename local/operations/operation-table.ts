import { OTHER_OPERATIONS } from '../api/model.generated.js';
import { ServiceError } from '../service-error.js';
import { associateKmsKey } from './associate-kms-key.js';
import { createLogGroup } from './create-log-group.js';
import { createLogStream } from './create-log-stream.js';
import { deleteIndexPolicy } from './delete-index-policy.js';
import { deleteLogGroup } from './delete-log-group.js';
import { deleteLogStream } from './delete-log-stream.js';
import { deleteMetricFilter } from './delete-metric-filter.js';
import { deleteQueryDefinition } from './delete-query-definition.js';
import { deleteRetentionPolicy } from './delete-retention-policy.js';
import { deleteSubscriptionFilter } from './delete-subscription-filter.js';
import { describeIndexPolicies } from './describe-index-policies.js';
import { describeLogGroups } from './describe-log-groups.js';
import { describeLogStreams } from './describe-log-streams.js';
import { describeMetricFilters } from './describe-metric-filters.js';
import { describeQueries } from './describe-queries.js';
import { describeQueryDefinitions } from './describe-query-definitions.js';
import { describeSubscriptionFilters } from './describe-subscription-filters.js';
import { disassociateKmsKey } from './disassociate-kms-key.js';
import { filterLogEvents } from './filter-log-events.js';
import { getLogEvents } from './get-log-events.js';
import { getLogGroupFields } from './get-log-group-fields.js';
import { getLogRecord } from './get-log-record.js';
import { getQueryResults } from './get-query-results.js';
import { listLogGroups } from './list-log-groups.js';
import { listTagsForResource } from './list-tags-for-resource.js';
import { listTagsLogGroup } from './list-tags-log-group.js';
import type { Operation } from './operation.js';
import { putIndexPolicy } from './put-index-policy.js';
import { putLogEvents } from './put-log-events.js';
import { putLogGroupDeletionProtection } from './put-log-group-deletion-protection.js';
import { putMetricFilter } from './put-metric-filter.js';
import { putQueryDefinition } from './put-query-definition.js';
import { putRetentionPolicy } from './put-retention-policy.js';
import { putSubscriptionFilter } from './put-subscription-filter.js';
import { startLiveTail } from './start-live-tail.js';
import { startQuery } from './start-query.js';
import { stopQuery } from './stop-query.js';
import { tagLogGroup } from './tag-log-group.js';
import { tagResource } from './tag-resource.js';
import { testMetricFilter } from './test-metric-filter.js';
import { untagLogGroup } from './untag-log-group.js';
import { untagResource } from './untag-resource.js';

/** The operations that this server has. */
export const OPERATIONS: readonly Operation[] = [
  associateKmsKey,
  createLogGroup,
  createLogStream,
  deleteIndexPolicy,
  deleteLogGroup,
  deleteLogStream,
  deleteMetricFilter,
  deleteQueryDefinition,
  deleteRetentionPolicy,
  deleteSubscriptionFilter,
  describeIndexPolicies,
  describeLogGroups,
  describeLogStreams,
  describeMetricFilters,
  describeQueries,
  describeQueryDefinitions,
  describeSubscriptionFilters,
  disassociateKmsKey,
  filterLogEvents,
  getLogEvents,
  getLogGroupFields,
  getLogRecord,
  getQueryResults,
  listLogGroups,
  listTagsForResource,
  listTagsLogGroup,
  putIndexPolicy,
  putLogEvents,
  putLogGroupDeletionProtection,
  putMetricFilter,
  putQueryDefinition,
  putRetentionPolicy,
  putSubscriptionFilter,
  startLiveTail,
  startQuery,
  stopQuery,
  tagLogGroup,
  tagResource,
  testMetricFilter,
  untagLogGroup,
  untagResource,
];

const byName = new Map<string, Operation>(OPERATIONS.map((operation) => [operation.name, operation]));

export function knowsOperation(name: string): boolean {
  return byName.has(name);
}

/** The status of the refusal is assumed. */
export function operationNamed(name: string): Operation {
  const operation = byName.get(name);
  if (operation !== undefined) return operation;
  const known = OPERATIONS.map((each) => each.name).join(', ');
  const what = OTHER_OPERATIONS.includes(name)
    ? `${name} is an operation of the service that this local server does not have`
    : `Unknown operation: ${name}`;
  throw new ServiceError('UnknownOperationException', `${what}. This local server has ${known}.`);
}
