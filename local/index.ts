export type { CallRecord } from './calls.js';
export type { Fault, FaultCall, FaultKind, FaultScope } from './faults.js';
export type { RejectedLogEventsInfo } from './rejections.js';
export {
  type LocalCloudWatchLogs,
  type LocalCloudWatchLogsOptions,
  startLocalCloudWatchLogs,
} from './server.js';
export { lambdaEnvironment, type LogGroupClient, provisionLogGroups, resolveTemplate } from './template.js';
export type { ResolvedResource, ResolvedTemplate, ResolveOptions } from './template-resolver.js';
