export { getCloudWatchSink } from './logtape/cloudwatch-sink.js';
export type { LogTapeRecord, LogTapeSink, LogTapeSinkOptions } from './logtape/cloudwatch-sink.js';
export type { OutletOptions } from './outlet/outlet-options.js';
