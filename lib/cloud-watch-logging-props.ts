import type { ApplicationOptions } from './define/application-options.js';
import { APPLICATION_OPTIONS } from './define/writer-option-names.js';
import type { DeliveryProps } from './delivery.js';
import type { LogGroupProps } from './group/log-group-props.js';
import type { OptionNames } from './option-names.js';
import { WRITER_ROLE_PROPS, type WriterRoleProps } from './write/writer-role.js';

/** Properties of {@link CloudWatchLogging}. */
export interface CloudWatchLoggingProps
  extends LogGroupProps, WriterRoleProps, ApplicationOptions, DeliveryProps {}

export const LOGGING_PROPS: OptionNames<CloudWatchLoggingProps> = {
  logGroupName: true,
  retention: true,
  removalPolicy: true,
  deletionProtection: true,
  logGroupClass: true,
  encryptionKey: true,
  dataProtectionPolicy: true,
  fieldIndexes: true,
  sensitive: true,
  ...WRITER_ROLE_PROPS,
  ...APPLICATION_OPTIONS,
  delivery: true,
};
