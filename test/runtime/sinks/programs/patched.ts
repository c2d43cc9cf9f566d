/** Logs a line to a standard output that has a function in place of its own. */
import { jsonFormat } from '../../../../runtime/serialize/line.js';
import { StreamSink } from '../../../../runtime/sinks/stream-sink.js';

const { stdout } = process;
const write = stdout.write.bind(stdout) as (text: string, callback: () => void) => boolean;
stdout.write = ((text: string, callback: () => void) =>
  write(`patched: ${text}`, callback)) as typeof stdout.write;

const sink = new StreamSink('stdout_json', stdout, jsonFormat);
sink.write({ timeMs: 0, level: 'info', message: 'hi', fields: [] });
