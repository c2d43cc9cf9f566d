import type { ApplicationOptions } from './define/application-options.js';
import type { DeliveryProps } from './delivery.js';
import type { LogGroupProps } from './group/log-group-props.js';
import type { WriterRoleProps } from './write/writer-role.js';

/** Properties of {@link CloudWatchLogging}. */
export interface CloudWatchLoggingProps
  extends LogGroupProps, WriterRoleProps, ApplicationOptions, DeliveryProps {}
