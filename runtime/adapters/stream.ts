export {
  CloudWatchStream,
  type CloudWatchStreamOptions,
  type StreamReport,
} from './stream/cloudwatch-stream.js';
export type { FinishedLinesOptions } from './lines/finished-lines.js';
