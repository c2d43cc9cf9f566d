import { FileOutput, type FileOptions } from './file-output.js';
import { jsonFormat } from '../serialize/line.js';
import { LineSink, type LineSinkOptions } from './line-sink.js';

export interface FileSinkOptions extends FileOptions, LineSinkOptions {}

/**
 * Appends the line of each record to a file. A file that cannot be opened or written costs the lines of that time, which
 * are counted and reported; the next record is tried anew.
 */
export class FileSink extends LineSink<FileOutput> {
  constructor({ path, makeDirectory, ...options }: FileSinkOptions) {
    super('file', jsonFormat, (settle) => new FileOutput({ path, makeDirectory }, settle), options);
  }

  /** Opens the path anew, once what is being written is written: for programs that rotate log files. Never throws. */
  reopen(): void {
    this.output.reopen();
  }
}
