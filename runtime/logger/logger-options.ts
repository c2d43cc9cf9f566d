import { checkInput } from '../../contract/check.js';
import { level } from '../../contract/settings/sink-level.js';
import type { Problem } from '../../contract/problems.js';
import { isThenable } from '../plugins/definition.js';
import { lacksOf } from '../plugins/make.js';
import { asMapping } from '../settings/document.js';
import { unknownOptions } from '../settings/unknown-options.js';
import type { Settings, SettingsInput } from '../settings/settings.js';
import type { Sink } from '../sink-port.js';
import type { WorkerChoice } from '../sinks/make-builtin-sink.js';
import type { Serializers } from './serializers.js';

/** Options of `getLogger`. */
export interface LoggerOptions {
  /**
   * Settings, or what `new Settings(…)` takes: `{ core: { logLevel: 'debug' } }`.
   * @default - from the environment, then the SSM parameter that `FAPILOG_CONFIG_SSM` names, then the file that `FAPILOG_CONFIG_FILE` names
   */
  readonly settings?: Settings | SettingsInput | undefined;
  /** Sinks made by the caller, in place of those that the settings name. An empty array turns logging off. */
  readonly sinks?: readonly Sink[] | undefined;
  /**
   * The lowest level that is logged, in any case. At `silent` nothing is, nothing has to be set, and sinks are made with the first
   * record after {@link Logger.level} was raised.
   * @default - `core.logLevel` of the settings, which is `info`
   */
  readonly level?: string | undefined;
  /**
   * Whether the sink `cloudwatch` runs in a worker thread. `file` says what the worker runs, where an application is
   * bundled and its bundle of `fapilog-cloudwatch/worker` is not beside it under the name `fapilog-worker`;
   * `exitDeadlineMs` says how long the end of the process waits for it. Refused beside `sinks`, which stay in the thread that made them.
   * @default - `core.worker` of the settings, which is false
   */
  readonly worker?: WorkerChoice | undefined;
  /**
   * Functions that replace the value of a field by its name, as in pino: `{ user: (user) => user.id }`. The one for `err` gets
   * errors.
   * @default - none: each value is written as `docs/logger.md` says
   */
  readonly serializers?: Serializers | undefined;
}

const OF = 'getLogger';

/** What each option may be, apart from `undefined`. */
const checks: { readonly [Key in keyof Required<LoggerOptions>]: (value: unknown) => Problem[] } = {
  settings: settingsProblems,
  sinks: sinksProblems,
  level: levelProblems,
  worker: workerProblems,
  serializers: serializerProblems,
};

const KNOWN = Object.keys(checks) as (keyof LoggerOptions)[];

/** Options whose names and shapes are right, and the problems of the others. */
export interface CheckedOptions {
  readonly usable: LoggerOptions;
  readonly problems: readonly Problem[];
}

/** Checks names and shapes of a logger's options. Settings and sinks check themselves. */
export function checkOptions(options: unknown): CheckedOptions {
  const mapping = asMapping(options);
  if (!mapping) {
    const allowed = 'the name of a logger, or options such as { settings, sinks }';
    return { usable: {}, problems: [{ where: `${OF}: options`, value: options, allowed }] };
  }
  const checked = KNOWN.filter((key) => mapping[key] !== undefined).map((key) => {
    return { key, problems: checks[key](mapping[key]) };
  });
  const right = checked.filter(({ problems }) => problems.length === 0);
  // Sinks were meant, whatever they are, and not those that the settings name.
  const sinks = mapping['sinks'] === undefined ? {} : { sinks: [] };
  const usable: LoggerOptions = {
    ...sinks,
    ...Object.fromEntries(right.map(({ key }) => [key, mapping[key]])),
  };
  return {
    usable,
    problems: [
      ...unknownOptions(OF, mapping, KNOWN),
      ...checked.flatMap(({ problems }) => problems),
      ...threadProblems(usable),
    ],
  };
}

function problem(option: string, value: unknown, allowed: string): Problem {
  return { where: `${OF}: options.${option}`, value, allowed };
}

function settingsProblems(value: unknown): Problem[] {
  if (isThenable(value)) return [problem('settings', value, 'settings, not a promise of them: await it')];
  if (asMapping(value)) return [];
  const allowed = 'new Settings(…), or an object such as { core: { logLevel: "debug" } }';
  return [problem('settings', value, allowed)];
}

function levelProblems(value: unknown): Problem[] {
  const checked = checkInput({ level }, { level: value }, '');
  return checked.problems.map(({ allowed }) => problem('level', value, allowed));
}

function sinksProblems(value: unknown): Problem[] {
  if (!Array.isArray(value))
    return [problem('sinks', value, 'a list of sinks, such as [new CloudWatchSink()]')];
  return value.flatMap((sink: unknown, index) => {
    const allowed = value.indexOf(sink) < index ? 'each sink once' : sinkRule(sink);
    return allowed === undefined ? [] : [problem(`sinks[${index}]`, sink, allowed)];
  });
}

/** The rule that a sink breaks. */
function sinkRule(sink: unknown): string | undefined {
  if (typeof sink === 'string') {
    return 'a sink; names stand in the settings, as in getLogger({ settings: { core: { sinks: ["stdout_json"] } } })';
  }
  if (typeof sink === 'function') return 'a sink, not its class: make it with new';
  if (isThenable(sink)) return 'a sink, not a promise of one: await it';
  const lacks = lacksOf('sink', sink);
  return lacks.length === 0 ? undefined : `a sink; this lacks ${lacks.join(', ')}`;
}

function workerProblems(value: unknown): Problem[] {
  if (typeof value === 'boolean') return [];
  const mapping = asMapping(value);
  if (!mapping) return [problem('worker', value, 'true, false, or options such as { exitDeadlineMs: 5000 }')];
  const { file } = mapping;
  const isFile = file === undefined || typeof file === 'string' || file instanceof URL;
  return [
    ...unknownOptions(`${OF}: options.worker`, mapping, ['file', 'exitDeadlineMs']),
    ...(isFile ? [] : [problem('worker.file', file, 'the path or the URL of a file')]),
  ];
}

/** Without a word, the sinks would make their calls where they are. What the environment says may be meant for other loggers. */
function threadProblems({ sinks, worker }: LoggerOptions): Problem[] {
  if (sinks === undefined || worker === undefined || worker === false) return [];
  const allowed =
    'not beside sinks, which stay in the thread that made them; without sinks, the sink cloudwatch of the settings goes to a thread';
  return [problem('worker', worker, allowed)];
}

function serializerProblems(value: unknown): Problem[] {
  const mapping = asMapping(value);
  const allowed = 'functions by the name of a field, such as { user: (user) => user.id }';
  if (!mapping) return [problem('serializers', value, allowed)];
  return Object.entries(mapping)
    .filter(([, serializer]) => serializer !== undefined && typeof serializer !== 'function')
    .map(([name, serializer]) => problem(`serializers.${name}`, serializer, 'a function of the value'));
}
