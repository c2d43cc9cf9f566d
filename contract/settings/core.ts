import { choice, flag, names, text } from '../kinds.js';
import { PYTHON_LOG_LEVELS, pythonLevel } from '../levels.js';
import { isNamespace, NAMESPACE_RULE } from '../metrics.js';
import { minimumLevel } from './minimum-level.js';
import { differs, ignores } from './python-reading.js';
import { optional, withDefault, type Rows } from './setting.js';

/** Names that Python's fapilog has for what it comes with. */
const PYTHON_SINKS: readonly string[] = [
  'cloudwatch',
  'http',
  'loki',
  'postgres',
  'rotating_file',
  'stdout_json',
  'stdout_pretty',
  'webhook',
];
const PYTHON_FILTERS: readonly string[] = [
  'adaptive_sampling',
  'first_occurrence',
  'level',
  'rate_limit',
  'sampling',
  'trace_sampling',
];

export const coreSettings = {
  sinks: withDefault({
    field: 'SINKS',
    kind: names(['cloudwatch', 'stdout_json'], { mayBeEmpty: true }),
    default: ['cloudwatch'],
    meaning:
      'Where log events go, by name. An empty list turns logging off: nothing else has to be set then.',
    python: differs({
      difference: 'knows `cloudwatch`, `stdout_json` and `stdout_pretty` of ours',
      default: '`["stdout_json"]`',
      harm: 'leaves out a sink that it does not know, and writes to standard output if none is left',
      isHarmful: (named: readonly string[]) =>
        named.length === 0 || !named.every((name) => PYTHON_SINKS.includes(name)),
    }),
  }),
  logLevel: withDefault({
    field: 'LOG_LEVEL',
    kind: minimumLevel,
    default: 'info',
    meaning: 'Lowest level that is logged; at `silent` nothing is, and nothing else has to be set.',
    python: differs({
      difference: 'knows `DEBUG`, `INFO`, `WARNING` and `ERROR`, in upper case',
      harm: 'refuses the level and does not start',
      isHarmful: (level) => !PYTHON_LOG_LEVELS.includes(pythonLevel(level)),
    }),
  }),
  filters: withDefault({
    field: 'FILTERS',
    kind: names(['rate_limit', 'sampling'], { mayBeEmpty: true }),
    default: [],
    meaning: 'Filters that each record passes, by name and in this order, before any sink queues it.',
    python: differs({
      difference: 'has no filter `size_guard`, and applies `LOG_LEVEL` only where no filter is named',
      harm: 'no longer applies `FAPILOG_CORE__LOG_LEVEL`, unless the filter `level` is named with its own `MIN_LEVEL`, and leaves out a filter that it does not know',
      isHarmful: (named: readonly string[]) =>
        named.length > 0 &&
        (!named.includes('level') || !named.every((name) => PYTHON_FILTERS.includes(name))),
    }),
  }),
  plugins: withDefault({
    field: 'PLUGINS',
    kind: names(['@acme/fapilog-kafka'], { mayBeEmpty: true }),
    default: [],
    meaning:
      'Packages whose sinks and filters may be named. No package is loaded that is not named here, as a sink or as a filter.',
    python: ignores,
  }),
  worker: withDefault({
    field: 'WORKER',
    kind: flag(),
    default: false,
    meaning:
      'Deliver to CloudWatch Logs from a worker thread, so that the application’s thread only makes the lines.',
    python: ignores,
  }),
  enrich: withDefault({
    field: 'ENRICH',
    kind: flag(),
    default: true,
    meaning:
      'Add what is known of the process to each line: service, version, host, Lambda function, ECS task, pod.',
    python: ignores,
  }),
  traceFormat: withDefault({
    field: 'TRACE_FORMAT',
    kind: choice(['otel', 'snake', 'xray']),
    default: 'otel',
    meaning:
      'How a line names its trace. `otel`: `traceId` and `spanId`, as their source writes them. `snake`: `trace_id`, `span_id` and `trace_flags`, in hexadecimal digits. `xray`: `traceId` in the form `1-5759e988-bd862e3fe1be46a994272793`, and `spanId`.',
    python: ignores,
  }),
  metricsNamespace: optional({
    field: 'METRICS_NAMESPACE',
    kind: text(NAMESPACE_RULE, isNamespace),
    otherwise: 'the name of the service',
    meaning: 'Namespace in CloudWatch of the metrics that the program writes into its log.',
    python: ignores,
  }),
} satisfies Rows;
