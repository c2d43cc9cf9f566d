export { CloudWatchStream, type CloudWatchStreamOptions } from './stream/cloudwatch-stream.js';
