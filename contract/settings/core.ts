import { flag, names } from '../kinds.js';
import { minimumLevel } from './minimum-level.js';
import { withDefault, type Rows } from './setting.js';

export const coreSettings = {
  sinks: withDefault({
    field: 'SINKS',
    kind: names(['cloudwatch', 'stdout_json'], { mayBeEmpty: true }),
    default: ['cloudwatch'],
    meaning:
      'Where log events go, by name. An empty list turns logging off: nothing else has to be set then.',
  }),
  logLevel: withDefault({
    field: 'LOG_LEVEL',
    kind: minimumLevel,
    default: 'info',
    meaning:
      'Lowest level that is logged; at `silent` nothing is, and nothing else has to be set. Python’s fapilog knows `DEBUG`, `INFO`, `WARNING` and `ERROR` only.',
  }),
  filters: withDefault({
    field: 'FILTERS',
    kind: names(['rate_limit', 'sampling'], { mayBeEmpty: true }),
    default: [],
    meaning: 'Filters that each record passes, by name and in this order, before any sink queues it.',
  }),
  plugins: withDefault({
    field: 'PLUGINS',
    kind: names(['@acme/fapilog-kafka'], { mayBeEmpty: true }),
    default: [],
    meaning:
      'Packages whose sinks and filters may be named. No package is loaded that is not named here, as a sink or as a filter.',
  }),
  worker: withDefault({
    field: 'WORKER',
    kind: flag(),
    default: false,
    meaning:
      'Deliver to CloudWatch Logs from a worker thread, so that the application’s thread only makes the lines.',
  }),
  enrich: withDefault({
    field: 'ENRICH',
    kind: flag(),
    default: true,
    meaning:
      'Add what is known of the process to each line: service, version, host, Lambda function, ECS task, pod.',
  }),
} satisfies Rows;
