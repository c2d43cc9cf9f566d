export type { CallRecord } from './calls.js';
export type { Fault, FaultCall, FaultKind, FaultScope } from './faults/faults.js';
export type { Entity } from './operations/entity.js';
export type { RejectedLogEventsInfo, RejectionCounts } from './operations/rejections.js';
export type { Encoding } from './protocol/call.js';
export {
  type LocalCloudWatchLogs,
  type LocalCloudWatchLogsOptions,
  startLocalCloudWatchLogs,
} from './server.js';
export type { FilterMatches } from './store/filter-matches.js';
export { type LogGroupClient, provisionLogGroups } from './stack/provision.js';
export { lambdaEnvironment, resolveTemplate } from './stack/template.js';
export type { ResolvedResource, ResolvedTemplate, ResolveOptions } from './stack/template-resolver.js';
