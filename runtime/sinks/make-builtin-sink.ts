import type { SinkName } from '../../contract/built-in.js';
import { variableName } from '../../contract/codec.js';
import { SettingsError } from '../../contract/problems.js';
import { sections } from '../../contract/sections.js';
import { withEdges, type WorkerOptions } from '../edges.js';
import type { Report } from '../io/diagnostics.js';
import type { Settings } from '../settings/settings.js';
import { CloudWatchSink } from '../sink.js';
import type { Sink } from '../sink-port.js';
import { FileSink } from './file-sink.js';
import { streamFormat } from './lambda-format.js';
import type { LineSinkOptions } from './line-sink.js';
import { prettyFormat } from './pretty-format.js';
import type { StreamPort } from './stream-output.js';
import { StreamSink } from './stream-sink.js';

/** Whether a worker thread makes the calls of the sink, and how it is run. */
export type WorkerChoice = boolean | WorkerOptions;

const MAX_EXIT_DEADLINE_MS = 3_600_000;

type MakeSink = (settings: Settings, report: Report, worker: WorkerChoice) => Sink;

const makers: Readonly<Record<SinkName, MakeSink>> = {
  cloudwatch: (settings, _report, worker) =>
    cloudWatchSink(settings, worker ? workerOptions(worker) : undefined),
  stdout_json: (settings, report) => jsonSink('stdout_json', process.stdout, settings, report),
  stdout_pretty(settings, report) {
    const { colour } = settings.sinkConfig.stdoutPretty;
    const format = prettyFormat({ colour, stream: process.stdout });
    return new StreamSink('stdout_pretty', process.stdout, format, lineOptions(settings, report));
  },
  stderr_json: (settings, report) => jsonSink('stderr_json', process.stderr, settings, report),
  file(settings, report) {
    const { file } = settings.sinkConfig;
    const { makeDirectory } = file;
    return new FileSink({ path: pathOf(file), makeDirectory, ...lineOptions(settings, report) });
  },
};

function jsonSink(name: SinkName, stream: StreamPort, settings: Settings, report: Report): StreamSink {
  return new StreamSink(name, stream, streamFormat(name, report), lineOptions(settings, report));
}

/** The end of the process has one deadline, whatever the sinks. */
function lineOptions({ sinkConfig }: Settings, report: Report): LineSinkOptions {
  return { report, deadlineMs: sinkConfig.cloudwatch.shutdownDeadlineSeconds * 1_000 };
}

/** Settings that are incomplete are for the sink to complain of. */
function cloudWatchSink(service: Settings, worker: WorkerOptions | undefined): CloudWatchSink {
  const settings = service.sinkConfig.cloudwatch;
  const isComplete = settings.logGroupName !== undefined;
  return new CloudWatchSink(
    isComplete
      ? withEdges({}, { settings, service, worker })
      : withEdges({ ...settings, env: {} }, { worker }),
  );
}

/**
 * Makes a sink that comes with the package, with its settings. The caller applies the level of the sink; only the sink
 * for CloudWatch Logs applies it itself.
 *
 * @throws SettingsError if a setting is missing that the sink cannot do without.
 */
export function makeBuiltinSink(
  name: SinkName,
  settings: Settings,
  report: Report,
  worker: WorkerChoice = settings.core.worker,
): Sink {
  return makers[name](settings, report, worker);
}

function workerOptions(worker: true | WorkerOptions): WorkerOptions {
  const options = worker === true ? {} : worker;
  const { exitDeadlineMs = 0 } = options;
  if (exitDeadlineMs >= 0 && exitDeadlineMs <= MAX_EXIT_DEADLINE_MS) return options;
  throw new SettingsError([
    { where: 'worker.exitDeadlineMs', value: exitDeadlineMs, allowed: `0 to ${MAX_EXIT_DEADLINE_MS}` },
  ]);
}

function pathOf({ path }: Settings['sinkConfig']['file']): string {
  if (path !== undefined) return path;
  throw new SettingsError([
    { where: variableName(sections.file, 'path'), value: undefined, allowed: 'the path of a file' },
  ]);
}
