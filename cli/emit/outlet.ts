import type { Level } from '../../contract/levels.js';
import { SettingsError } from '../../contract/problems.js';
import { lineReader } from '../../runtime/adapters/lines/finished-lines.js';
import { withEdges } from '../../runtime/edges.js';
import type { Diagnostic } from '../../runtime/io/diagnostics.js';
import { writeStderr } from '../../runtime/io/stderr.js';
import { type FinishedLine, isTakenAt } from '../../runtime/log-record.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import { Failure } from '../failure.js';
import type { EmitSettings } from './emit-settings.js';
import { LineWriter } from './line-writer.js';

export interface OutletOptions {
  readonly textLevel: Level;
  readonly startPattern: RegExp | undefined;
  readonly levelNames: boolean;
}

export interface OutletHooks {
  readonly onDiagnostic: (diagnostic: Diagnostic) => void;
  /** Whether the sink may write to stderr, which it asks before each text. */
  readonly mayWrite: () => boolean;
  readonly onReplaced: () => void;
}

/** The way from bytes to CloudWatch Logs: the sink of applications, and what makes finished lines for it. */
export interface Outlet {
  readonly sink: CloudWatchSink;
  readonly lines: LineWriter;
}

/** @throws Failure for settings that only the sink checks, such as the directory of the spool */
export function openOutlet(
  { all, cloudwatch }: EmitSettings,
  { textLevel, startPattern, levelNames }: OutletOptions,
  { onDiagnostic, mayWrite, onReplaced }: OutletHooks,
): Outlet {
  const edges = {
    settings: cloudwatch,
    service: all,
    writeStderr: (text: string) => mayWrite() && writeStderr(text),
  };
  const report = (code: string, message: string): void =>
    void edges.writeStderr(`fapilog-cloudwatch: ${message} [${code}]\n`);
  const passes = (line: FinishedLine): boolean => isTakenAt(cloudwatch.level, line);
  return asFailure(() => {
    const reader = lineReader(all, levelNames, report);
    const sink = new CloudWatchSink(withEdges({ onDiagnostic }, edges));
    const write = sink.writeLine.bind(sink);
    return { sink, lines: new LineWriter({ reader, textLevel, startPattern, passes, write, onReplaced }) };
  });
}

function asFailure<Made>(make: () => Made): Made {
  try {
    return make();
  } catch (error) {
    if (error instanceof SettingsError) throw new Failure(error.message.replaceAll(/\n\s*-?/g, ' '));
    throw error;
  }
}
