import { LineSink, type Format, type LineSinkOptions } from './line-sink.js';
import { StreamOutput, type StreamPort } from './stream-output.js';

/**
 * Writes records to a stream, such as `process.stdout`, which it never closes. A stream that fails costs its lines and
 * nothing else: each following record is tried anew. Lines for which the stream has no room wait in memory, and are
 * written when the process ends.
 */
export class StreamSink extends LineSink<StreamOutput> {
  /**
   * @param name under which settings and diagnostics know the sink
   * @param format the text of a record, its line break included
   */
  constructor(name: string, stream: StreamPort, format: Format, options: LineSinkOptions = {}) {
    super(name, format, (settle) => new StreamOutput(stream, settle), options);
  }
}
