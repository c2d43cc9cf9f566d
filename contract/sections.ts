import type { SectionInputs } from './inputs.generated.js';
import { appSettings } from './settings/app.js';
import { cloudWatchSettings } from './settings/cloudwatch.js';
import { coreSettings } from './settings/core.js';
import {
  firstOccurrenceSettings,
  levelFilterSettings,
  rateLimitSettings,
  samplingSettings,
  sizeGuardSettings,
} from './settings/filters.js';
import { pluginSettings } from './settings/plugins.js';
import { redactionSettings } from './settings/redaction.js';
import { routingSettings } from './settings/routing.js';
import type { CompleteValues, Rows } from './settings/setting.js';
import {
  fileSettings,
  stderrJsonSettings,
  stdoutJsonSettings,
  stdoutPrettySettings,
} from './settings/sinks.js';

/** A group of settings. */
export interface Section<R extends Rows = Rows> {
  readonly meaning: string;
  /** Where the section stands in code; in a file, each part in snake_case. */
  readonly path: readonly [string, string?];
  /** The beginnings of its variables' names; where several are set, the first one wins. */
  readonly prefixes: readonly [string, ...string[]];
  readonly rows: R;
}

/** Python's documents put the fields of a filter under `config`. */
function filterPrefixes(name: string): readonly [string, string] {
  const prefix = `FAPILOG_FILTER_CONFIG__${name}__`;
  return [prefix, `${prefix}CONFIG__`];
}

export const sections = {
  core: {
    meaning: 'What the logger does, whatever its sinks are.',
    path: ['core'],
    prefixes: ['FAPILOG_CORE__'],
    rows: coreSettings,
  },
  app: {
    meaning: 'What the application is: fields of each line.',
    path: ['app'],
    prefixes: ['FAPILOG_'],
    rows: appSettings,
  },
  cloudwatch: {
    meaning: 'The sink `cloudwatch`: delivers to CloudWatch Logs.',
    path: ['sinkConfig', 'cloudwatch'],
    prefixes: ['FAPILOG_CLOUDWATCH__', 'FAPILOG_SINK_CONFIG__CLOUDWATCH__'],
    rows: cloudWatchSettings,
  },
  stdoutJson: {
    meaning: 'The sink `stdout_json`: lines on standard output, as they would go to CloudWatch Logs.',
    path: ['sinkConfig', 'stdoutJson'],
    prefixes: ['FAPILOG_SINK_CONFIG__STDOUT_JSON__'],
    rows: stdoutJsonSettings,
  },
  stdoutPretty: {
    meaning: 'The sink `stdout_pretty`: lines on standard output, for people.',
    path: ['sinkConfig', 'stdoutPretty'],
    prefixes: ['FAPILOG_SINK_CONFIG__STDOUT_PRETTY__'],
    rows: stdoutPrettySettings,
  },
  stderrJson: {
    meaning: 'The sink `stderr_json`: lines on standard error, as they would go to CloudWatch Logs.',
    path: ['sinkConfig', 'stderrJson'],
    prefixes: ['FAPILOG_SINK_CONFIG__STDERR_JSON__'],
    rows: stderrJsonSettings,
  },
  file: {
    meaning: 'The sink `file`: appends lines to a file.',
    path: ['sinkConfig', 'file'],
    prefixes: ['FAPILOG_FILE__', 'FAPILOG_SINK_CONFIG__FILE__'],
    rows: fileSettings,
  },
  sinkRouting: {
    meaning: 'Which levels go to which sinks.',
    path: ['sinkRouting'],
    prefixes: ['FAPILOG_SINK_ROUTING__'],
    rows: routingSettings,
  },
  level: {
    meaning: 'The filter `level`: a second gate, behind the logger’s own.',
    path: ['filterConfig', 'level'],
    prefixes: filterPrefixes('LEVEL'),
    rows: levelFilterSettings,
  },
  rateLimit: {
    meaning: 'The filter `rate_limit`: a token bucket, one for each key.',
    path: ['filterConfig', 'rateLimit'],
    prefixes: filterPrefixes('RATE_LIMIT'),
    rows: rateLimitSettings,
  },
  sampling: {
    meaning: 'The filter `sampling`: passes a share of the records; errors always pass.',
    path: ['filterConfig', 'sampling'],
    prefixes: filterPrefixes('SAMPLING'),
    rows: samplingSettings,
  },
  firstOccurrence: {
    meaning: 'The filter `first_occurrence`: passes the first record of its kind in each window.',
    path: ['filterConfig', 'firstOccurrence'],
    prefixes: filterPrefixes('FIRST_OCCURRENCE'),
    rows: firstOccurrenceSettings,
  },
  sizeGuard: {
    meaning: 'The filter `size_guard`: your own limit on the size of a line.',
    path: ['filterConfig', 'sizeGuard'],
    prefixes: [
      'FAPILOG_SIZE_GUARD__',
      'FAPILOG_PROCESSOR_CONFIG__SIZE_GUARD__',
      ...filterPrefixes('SIZE_GUARD'),
    ],
    rows: sizeGuardSettings,
  },
  redaction: {
    meaning: 'What is hidden before a record becomes text. Credentials in URLs always are.',
    path: ['redaction'],
    prefixes: ['FAPILOG_REDACTION__'],
    rows: redactionSettings,
  },
  plugins: {
    meaning: 'Which packages may be loaded at all.',
    path: ['plugins'],
    prefixes: ['FAPILOG_PLUGINS__'],
    rows: pluginSettings,
  },
} as const satisfies Record<string, Section>;

export type SectionName = keyof typeof sections;

/** The sections that stand under one key: those of sinks under `sinkConfig`, those of filters under `filterConfig`. */
export type SectionIn<Key extends string> = {
  [Name in SectionName]: (typeof sections)[Name]['path'] extends readonly [Key, string] ? Name : never;
}[SectionName];

export const sectionNames = Object.keys(sections) as SectionName[];

/** Where a section stands in a file: keys from the outside in. */
export function filePath({ path }: Section): string[] {
  return path.flatMap((part) => (part === undefined ? [] : [snakeCase(part)]));
}

/** The keys that a setting may have in a file, in its section; the first one is that of its own variable. */
export function fileKeys(section: Section, key: string): readonly [string, ...string[]] {
  const { field, aliases = [] } = section.rows[key]!;
  return [field.toLowerCase(), ...aliases.map((alias) => alias.toLowerCase())];
}

/** The ends of the names of a setting's variables; the first one is the construct's. */
export function fieldsOf({ field, aliases = [] }: Rows[string]): readonly string[] {
  return [field, ...aliases];
}

/** A name in code, such as `rateLimit`, as files and variables have it: `rate_limit`. */
export function snakeCase(camel: string): string {
  return camel.replace(/(?<=[a-z0-9])[A-Z]/g, '_$&').toLowerCase();
}

/** All settings of a section, as the runtime uses them. */
export type ValuesOf<Name extends SectionName> = CompleteValues<(typeof sections)[Name]['rows']>;

/** What code may pass for a section. A new one has no interface before `npm run docs` has run, which compiles this file. */
export type InputOf<Name extends SectionName> = SectionInputs[Name & keyof SectionInputs];

export type { CloudWatchInput } from './inputs.generated.js';
export type CloudWatchValues = ValuesOf<'cloudwatch'>;
