import type { Environment } from '../../contract/codec.js';
import { levelRank, passes } from '../../contract/levels.js';
import { MAX_LAMBDA_LINE_BYTES } from '../../contract/limits.js';
import type { Report } from '../io/diagnostics.js';
import { lambdaLevel } from '../io/lambda-logging.js';
import type { LogRecord } from '../log-record.js';
import { formatLine, jsonFormat, lineMembers } from '../serialize/line.js';
import { shrunkMembers } from '../serialize/truncate.js';
import type { Format } from './line-sink.js';

/** The format of a line that Lambda delivers from a stream of the process; elsewhere the line as it is. */
export function streamFormat(name: string, report: Report, env: Environment = process.env): Format {
  if (env['AWS_LAMBDA_FUNCTION_NAME'] === undefined) return jsonFormat;
  const noteLevel = levelNoter(name, report, env);
  return (record) => {
    noteLevel?.(record);
    return `${fittingLine(record, name, report)}\n`;
  };
}

/** Lambda would cut the line in the middle of its JSON. */
function fittingLine(record: LogRecord, name: string, report: Report): string {
  const line = formatLine(record);
  const bytes = Buffer.byteLength(line);
  if (bytes <= MAX_LAMBDA_LINE_BYTES) return line;
  report('oversize.truncate', `sink ${name}: a line was over the size that Lambda delivers: truncate`);
  return JSON.stringify(shrunkMembers(lineMembers(record), bytes, MAX_LAMBDA_LINE_BYTES));
}

/**
 * Reports the first line that Lambda will discard. The line tells and not the logger's level, since a buffer, a child or a new level
 * of the logger may let lines pass that the settings do not.
 */
function levelNoter(
  name: string,
  report: Report,
  env: Environment,
): ((record: LogRecord) => void) | undefined {
  const applied = lambdaLevel(env);
  if (applied === undefined || levelRank[applied] === 0) return undefined;
  let isNoted = false;
  return ({ level }) => {
    if (isNoted || passes(level, applied)) return;
    isNoted = true;
    report(
      `discarded.${name}`,
      `sink ${name}: Lambda discards lines below ${applied} (AWS_LAMBDA_LOG_LEVEL), and the logger wrote one at ${level}; ` +
        `set the application log level of the function to ${level.toUpperCase()}, or the logger's to ${applied}`,
    );
  };
}
