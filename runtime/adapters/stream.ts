export {
  CloudWatchStream,
  type CloudWatchStreamOptions,
  type StreamReport,
} from './stream/cloudwatch-stream.js';
