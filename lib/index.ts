export { SettingsError } from '../contract/problems.js';
export { CloudWatchLogging } from './cloud-watch-logging.js';
export type { CloudWatchLoggingProps } from './cloud-watch-logging-props.js';
export type { CloudWatchSinkSettings } from './cloud-watch-sink-settings.js';
