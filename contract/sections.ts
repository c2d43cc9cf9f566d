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
import type { CompleteValues, InputValues, Rows } from './settings/setting.js';
import {
  fileSettings,
  stderrJsonSettings,
  stdoutJsonSettings,
  stdoutPrettySettings,
} from './settings/sinks.js';

/** A group of settings. */
export interface Section<R extends Rows = Rows> {
  /** Where the section stands in code; in a file, each part in snake_case. */
  readonly path: readonly [string, string?];
  /** The beginnings of its variables' names; where several are set, the first one wins. */
  readonly prefixes: readonly [string, ...string[]];
  readonly rows: R;
}

export const sections = {
  core: { path: ['core'], prefixes: ['FAPILOG_CORE__'], rows: coreSettings },
  app: { path: ['app'], prefixes: ['FAPILOG_'], rows: appSettings },
  cloudwatch: {
    path: ['sinkConfig', 'cloudwatch'],
    prefixes: ['FAPILOG_CLOUDWATCH__', 'FAPILOG_SINK_CONFIG__CLOUDWATCH__'],
    rows: cloudWatchSettings,
  },
  stdoutJson: {
    path: ['sinkConfig', 'stdoutJson'],
    prefixes: ['FAPILOG_SINK_CONFIG__STDOUT_JSON__'],
    rows: stdoutJsonSettings,
  },
  stdoutPretty: {
    path: ['sinkConfig', 'stdoutPretty'],
    prefixes: ['FAPILOG_SINK_CONFIG__STDOUT_PRETTY__'],
    rows: stdoutPrettySettings,
  },
  stderrJson: {
    path: ['sinkConfig', 'stderrJson'],
    prefixes: ['FAPILOG_SINK_CONFIG__STDERR_JSON__'],
    rows: stderrJsonSettings,
  },
  file: {
    path: ['sinkConfig', 'file'],
    prefixes: ['FAPILOG_FILE__', 'FAPILOG_SINK_CONFIG__FILE__'],
    rows: fileSettings,
  },
  sinkRouting: { path: ['sinkRouting'], prefixes: ['FAPILOG_SINK_ROUTING__'], rows: routingSettings },
  level: {
    path: ['filterConfig', 'level'],
    prefixes: ['FAPILOG_FILTER_CONFIG__LEVEL__'],
    rows: levelFilterSettings,
  },
  rateLimit: {
    path: ['filterConfig', 'rateLimit'],
    prefixes: ['FAPILOG_FILTER_CONFIG__RATE_LIMIT__'],
    rows: rateLimitSettings,
  },
  sampling: {
    path: ['filterConfig', 'sampling'],
    prefixes: ['FAPILOG_FILTER_CONFIG__SAMPLING__'],
    rows: samplingSettings,
  },
  firstOccurrence: {
    path: ['filterConfig', 'firstOccurrence'],
    prefixes: ['FAPILOG_FILTER_CONFIG__FIRST_OCCURRENCE__'],
    rows: firstOccurrenceSettings,
  },
  sizeGuard: {
    path: ['filterConfig', 'sizeGuard'],
    prefixes: [
      'FAPILOG_SIZE_GUARD__',
      'FAPILOG_PROCESSOR_CONFIG__SIZE_GUARD__',
      'FAPILOG_FILTER_CONFIG__SIZE_GUARD__',
    ],
    rows: sizeGuardSettings,
  },
  redaction: { path: ['redaction'], prefixes: ['FAPILOG_REDACTION__'], rows: redactionSettings },
  plugins: { path: ['plugins'], prefixes: ['FAPILOG_PLUGINS__'], rows: pluginSettings },
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

/** The key of a setting in a file, in its section. */
export function fileKey(section: Section, key: string): string {
  return section.rows[key]!.field.toLowerCase();
}

/** A name in code, such as `rateLimit`, as files and variables have it: `rate_limit`. */
export function snakeCase(camel: string): string {
  return camel.replace(/(?<=[a-z0-9])[A-Z]/g, '_$&').toLowerCase();
}

/** All settings of a section, as the runtime uses them. */
export type ValuesOf<Name extends SectionName> = CompleteValues<(typeof sections)[Name]['rows']>;

/** What code may say of a section. */
export type InputOf<Name extends SectionName> = InputValues<(typeof sections)[Name]['rows']>;

export type CloudWatchInput = InputOf<'cloudwatch'>;
export type CloudWatchValues = ValuesOf<'cloudwatch'>;
