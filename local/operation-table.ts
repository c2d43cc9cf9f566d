import type { Operation } from './operation.js';
import { createLogGroup } from './operations/create-log-group.js';
import { createLogStream } from './operations/create-log-stream.js';
import { deleteLogGroup } from './operations/delete-log-group.js';
import { deleteLogStream } from './operations/delete-log-stream.js';
import { deleteRetentionPolicy } from './operations/delete-retention-policy.js';
import { describeLogGroups } from './operations/describe-log-groups.js';
import { describeLogStreams } from './operations/describe-log-streams.js';
import { filterLogEvents } from './operations/filter-log-events.js';
import { getLogEvents } from './operations/get-log-events.js';
import { putLogEvents } from './operations/put-log-events.js';
import { putLogGroupDeletionProtection } from './operations/put-log-group-deletion-protection.js';
import { putRetentionPolicy } from './operations/put-retention-policy.js';
import { ServiceError } from './service-error.js';

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['CreateLogGroup', createLogGroup],
  ['CreateLogStream', createLogStream],
  ['DeleteLogGroup', deleteLogGroup],
  ['DeleteLogStream', deleteLogStream],
  ['DeleteRetentionPolicy', deleteRetentionPolicy],
  ['DescribeLogGroups', describeLogGroups],
  ['DescribeLogStreams', describeLogStreams],
  ['FilterLogEvents', filterLogEvents],
  ['GetLogEvents', getLogEvents],
  ['PutLogEvents', putLogEvents],
  ['PutLogGroupDeletionProtection', putLogGroupDeletionProtection],
  ['PutRetentionPolicy', putRetentionPolicy],
]);

/** The status of the refusal is assumed. */
export function operationNamed(name: string): Operation {
  const operation = OPERATIONS.get(name);
  if (operation !== undefined) return operation;
  const known = [...OPERATIONS.keys()].join(', ');
  throw new ServiceError(
    'UnknownOperationException',
    `Unknown operation: ${name}. This local server has ${known}.`,
  );
}
