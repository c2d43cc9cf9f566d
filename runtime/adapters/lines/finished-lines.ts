import { assertNoProblems } from '../../../contract/problems.js';
import { withEdges, type SinkEdges } from '../../edges.js';
import { systemClock } from '../../io/clock.js';
import { Diagnostics } from '../../io/diagnostics.js';
import { writeStderr } from '../../io/stderr.js';
import { pathProblems } from '../../redact/paths.js';
import { makeRedactor } from '../../redact/redactor.js';
import { Settings } from '../../settings/settings.js';
import { CloudWatchSink } from '../../sink.js';
import type { CloudWatchSinkOptions } from '../../sink-options.js';
import { LineReader } from './line-reader.js';

/** Settings of the sink to which finished lines go. */
export interface FinishedLinesOptions extends CloudWatchSinkOptions {
  /**
   * Whether to write `"level":30` as `"level":"info"`, as the construct's alarms and queries expect: the numbers 10 to 60, which are
   * the default levels of pino and bunyan.
   * @default true
   */
  readonly levelNames?: boolean | undefined;
}

/** A sink for lines that another logger has finished, and what reads and redacts them. */
export interface FinishedLines {
  readonly sink: CloudWatchSink;
  readonly reader: LineReader;
  /** What the environment says besides the sink. */
  readonly settings: Settings;
}

/** @throws SettingsError naming every setting that is malformed or missing. */
export function finishedLines(
  { levelNames = true, ...options }: FinishedLinesOptions,
  edges: Partial<SinkEdges> = {},
): FinishedLines {
  const sink = new CloudWatchSink(withEdges(options, edges));
  const settings = new Settings({}, { env: options.env });
  const { redaction } = settings;
  assertNoProblems(pathProblems(redaction.paths, settings.placeOf('redaction', 'paths')));
  const diagnostics = new Diagnostics(systemClock, writeStderr, options.onDiagnostic);
  const report = (code: string, message: string): void => diagnostics.report(code, message);
  const redactor = makeRedactor(redaction, report);
  const reader = new LineReader({ redactor, withLevelNames: levelNames, now: () => Date.now(), report });
  return { sink, reader, settings };
}
