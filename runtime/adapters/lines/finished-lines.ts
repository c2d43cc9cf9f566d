import { assertNoProblems, type Problem } from '../../../contract/problems.js';
import { withEdges, type Caller, type SinkEdges } from '../../edges.js';
import { systemClock } from '../../io/clock.js';
import { Diagnostics, type Report } from '../../io/diagnostics.js';
import { writeStderr } from '../../io/stderr.js';
import { pathProblems } from '../../redact/paths.js';
import { makeRedactor } from '../../redact/redactor.js';
import { Settings } from '../../settings/settings.js';
import { shapeProblems } from '../../settings/unknown-options.js';
import { CloudWatchSink } from '../../sink.js';
import type { CloudWatchSinkOptions } from '../../sink-options.js';
import { LineIntake, type LineIntakeParts } from './line-intake.js';
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
export interface FinishedLines<Piece> {
  readonly sink: CloudWatchSink;
  /** Takes what is written, and hands it on when the process ends. */
  readonly intake: LineIntake<Piece>;
  readonly reader: LineReader;
  /** What the environment says besides the sink. */
  readonly settings: Settings;
}

/**
 * @param caller who takes the options
 * @param taking what takes the pieces and the lines
 * @throws SettingsError naming every option and setting that is malformed or missing.
 */
export function finishedLines<Piece>(
  caller: Caller,
  given: FinishedLinesOptions,
  taking: Pick<LineIntakeParts<Piece>, 'onPiece' | 'onLine'>,
  edges: Partial<SinkEdges> = {},
): FinishedLines<Piece> {
  assertNoProblems(shapeProblems(caller.of, given));
  const { levelNames = true, ...options } = given;
  assertNoProblems([...loggerProblems(caller.of, options), ...levelNamesProblems(caller.of, levelNames)]);
  const own = ['levelNames', ...(caller.own ?? [])];
  const sink: CloudWatchSink = new CloudWatchSink(
    withEdges(options, { ...edges, caller: { ...caller, own }, handOn: () => intake.end() }),
  );
  const intake = new LineIntake<Piece>({ ...taking, onHeld: () => sink.catchSignals() });
  const settings = new Settings({}, { env: options.env });
  const diagnostics = new Diagnostics(systemClock, writeStderr, options.onDiagnostic);
  const report = (code: string, message: string): void => diagnostics.report(code, message);
  return { sink, intake, reader: lineReader(settings, levelNames, report), settings };
}

/**
 * What reads and redacts finished lines, by these settings.
 *
 * @throws SettingsError naming every path of the redaction that is malformed
 */
export function lineReader(settings: Settings, withLevelNames: boolean, report: Report): LineReader {
  const { redaction } = settings;
  assertNoProblems(pathProblems(redaction.paths, settings.placeOf('redaction', 'paths')));
  const redactor = makeRedactor(redaction, report);
  return new LineReader({ redactor, withLevelNames, now: () => Date.now(), report });
}

/** Other adapters take a logger. Here it would lose what it is for: a finished line has no fields that it could add, filter or route. */
function loggerProblems(of: string, options: object): Problem[] {
  const { logger } = options as { readonly logger?: unknown };
  if (logger === undefined) return [];
  const allowed =
    'no logger here, since finished lines keep their bytes: give the options of its sink instead, such as logGroupName; the environment says redaction for both';
  return [{ where: `${of}: options.logger`, value: 'given', allowed }];
}

function levelNamesProblems(of: string, levelNames: unknown): Problem[] {
  if (typeof levelNames === 'boolean') return [];
  return [{ where: `${of}: options.levelNames`, value: levelNames, allowed: 'true or false' }];
}
