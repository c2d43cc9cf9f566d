import {
  parseEnvironment,
  variableName,
  type Environment,
  type GivenSettings,
  type Places,
} from '../../contract/codec.js';
import { withPythonRedaction } from '../../contract/python-redaction.js';
import { cloudWatchConflicts } from '../../contract/conflicts.js';
import type { SettingsInput } from '../../contract/inputs.generated.js';
import { LOG_GROUP_NAME_RULE } from '../../contract/names.js';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { regionOfEnvironment, regionProblem } from '../../contract/region.js';
import { CONFIG_FILE_VARIABLE, CONFIG_SSM_VARIABLE } from '../../contract/unknown-variable.js';
import {
  sectionNames,
  sections,
  type SectionIn,
  type SectionName,
  type ValuesOf,
} from '../../contract/sections.js';
import { complete } from '../../contract/settings/setting.js';
import { noSettings, readCode, type DocumentSettings, type PluginSettings } from './document.js';
import { readSettingsFile } from './file.js';
import { readSettingsParameter, readSettingsParameterSync } from './parameter.js';
import { unboundHint } from './unbound-program.js';
import { unknownOptions } from './unknown-options.js';

export type { SettingsInput };

/** Where settings come from that code does not give. */
export interface SettingsOptions {
  /** Variables. @default process.env */
  readonly env?: Environment | undefined;
  /** Path of a YAML or JSON file. @default - the variable `FAPILOG_CONFIG_FILE`, else no file */
  readonly file?: string | undefined;
  /**
   * Whether a missing setting that a named sink needs, such as the log group's name, is an error. A sink that takes nothing, because
   * its level or `core.logLevel` is `silent`, needs none.
   * @default false
   */
  readonly requireComplete?: boolean | undefined;
}

/** The sources of settings. */
export interface SettingsSources extends SettingsOptions {
  /** Settings in code, which win over all other sources. */
  readonly overrides?: SettingsInput | undefined;
}

type Values = { readonly [Name in SectionName]: ValuesOf<Name> };

/**
 * The settings of a logger, its sinks and its filters: code over environment over the document of an SSM parameter
 * (`FAPILOG_CONFIG_SSM`) over file (`FAPILOG_CONFIG_FILE`) over default.
 *
 * @throws SettingsError naming every problem at once, each with its variable, its key or its file and line, the value
 * and what is allowed.
 */
export class Settings {
  /** What the logger does, whatever its sinks are. */
  readonly core: ValuesOf<'core'>;
  /** What the application is: fields of each line. */
  readonly app: ValuesOf<'app'>;
  /** Settings of sinks, by the name of the sink. */
  readonly sinkConfig: Pick<Values, SectionIn<'sinkConfig'>>;
  /** Settings of filters, by the name of the filter. */
  readonly filterConfig: Pick<Values, SectionIn<'filterConfig'>>;
  /** Which sinks take which levels. */
  readonly sinkRouting: ValuesOf<'sinkRouting'>;
  /** What is hidden in lines. */
  readonly redaction: ValuesOf<'redaction'>;
  /** Packages that bring sinks and filters. */
  readonly plugins: ValuesOf<'plugins'>;
  /** Settings of sinks and filters of plugins, which check them. */
  readonly foreign: PluginSettings;
  /** Warnings, as sentences: probable mistakes that are no errors, such as an unknown variable. */
  readonly notices: readonly string[];
  /** @internal Not enumerable, since it is no setting. */
  declare readonly places: Places;
  /** @internal Settings that the named sinks need and that nobody set. Not enumerable either. */
  declare readonly missing: readonly Problem[];

  /** Reads the sources at once. Where `FAPILOG_CONFIG_SSM` is set, the first call blocks the thread, for ten seconds at the most. */
  constructor(input?: SettingsInput, options?: SettingsOptions);
  /** @internal */
  constructor(
    input: SettingsInput | undefined,
    options: SettingsOptions,
    parameter: DocumentSettings | undefined,
    onProblems?: (problems: readonly Problem[]) => void,
  );
  constructor(
    input: SettingsInput = {},
    options: SettingsOptions = {},
    parameter = parameterSettings(options.env),
    onProblems = assertNoProblems,
  ) {
    const { env = process.env, requireComplete = false } = options;
    const parsed = parseEnvironment(env);
    const path = options.file ?? sourceNamed(CONFIG_FILE_VARIABLE, env);
    const file = path === undefined ? noSettings : readSettingsFile(path);
    const code = readCode(input);
    const values = merged([file.settings, parameter.settings, parsed.settings, code.settings]);
    const { cloudwatch, stdoutJson, stdoutPretty, stderrJson, file: fileSink } = values;
    const { level, rateLimit, sampling, firstOccurrence, sizeGuard } = values;
    const places = new Map([file, parameter, parsed, code].flatMap((source) => [...source.places]));
    Object.defineProperty(this, 'places', { value: places });
    this.core = values.core;
    this.app = values.app;
    this.sinkConfig = { cloudwatch, stdoutJson, stdoutPretty, stderrJson, file: fileSink };
    this.filterConfig = { level, rateLimit, sampling, firstOccurrence, sizeGuard };
    this.sinkRouting = values.sinkRouting;
    const isSet = (key: string): boolean => places.has(`redaction.${key}`);
    const hidden = withPythonRedaction(values.redaction, isSet, parsed.pythonRedaction);
    this.redaction = hidden.redaction;
    this.plugins = values.plugins;
    const foreign = [file.foreign, parameter.foreign, code.foreign];
    this.foreign = {
      sinkConfig: Object.assign({}, ...foreign.map(({ sinkConfig }) => sinkConfig)),
      filterConfig: Object.assign({}, ...foreign.map(({ filterConfig }) => filterConfig)),
    };
    this.notices = [...parsed.notices, ...hidden.notices];
    const problems = unknownOptions('new Settings', options, KNOWN_OPTIONS);
    problems.push(...code.problems, ...parsed.problems, ...parameter.problems, ...file.problems);
    problems.push(...hidden.problems);
    problems.push(...this.#conflicts(problems), ...this.#ambientRegion(env, problems, requireComplete));
    const missing = this.#missing(problems, env);
    if (requireComplete) problems.push(...missing);
    // A misspelt variable is no error by itself, but it may be the cause of one.
    const withCauses = (found: readonly Problem[]): readonly Problem[] =>
      found.length > 0 ? [...found, ...parsed.misspelt] : [];
    Object.defineProperty(this, 'missing', { value: withCauses(missing) });
    onProblems(withCauses(problems));
  }

  /**
   * Where a setting was found, for messages: its variable, its path in code, or its line in a file; its variable if nobody set it.
   *
   * @internal
   */
  placeOf<Name extends SectionName>(section: Name, key: string & keyof Values[Name]): string {
    return this.places.get(`${section}.${key}`) ?? variableName(sections[section], key);
  }

  /**
   * Settings of all sources, as the constructor reads them; but an SSM parameter is read without blocking. Loggers and sinks
   * that this process makes later use it without another call: `await Settings.load()` before the first logger is enough.
   *
   * @throws SettingsError (the promise rejects) as the constructor does.
   */
  static async load(sources: SettingsSources = {}): Promise<Settings> {
    return Settings.examine(sources, assertNoProblems);
  }

  /**
   * As {@link Settings.load}, for whoever wants to see what is right beside what is wrong.
   *
   * @internal
   * @param onProblems is called with the problems, which may be none, in place of an error
   */
  static async examine(
    { overrides, ...options }: SettingsSources,
    onProblems: (problems: readonly Problem[]) => void,
  ): Promise<Settings> {
    const source = parameterSource(options.env);
    const parameter = source ? await readSettingsParameter(...source) : noSettings;
    return new Settings(overrides, options, parameter, onProblems);
  }

  /** Looks for conflicts, unless a setting that could be in one is malformed. */
  #conflicts(problems: readonly Problem[]): Problem[] {
    const isMalformed = ['logStreamName', 'logStreamPrefix', 'roleArn', 'externalId'].some((key) =>
      isAmong(problems, key),
    );
    if (isMalformed) return [];
    return cloudWatchConflicts(
      this.sinkConfig.cloudwatch,
      () => false,
      (key) => this.placeOf('cloudwatch', key),
    );
  }

  /** The Region of the environment, if it is the one that counts, and something is to be delivered. */
  #ambientRegion(env: Environment, problems: readonly Problem[], requireComplete: boolean): Problem[] {
    const ambient = regionOfEnvironment(env);
    const { region, logGroupName } = this.sinkConfig.cloudwatch;
    const hasOwn = region !== undefined || isAmong(problems, 'region');
    const isUsed = requireComplete || logGroupName !== undefined;
    const isOff = this.core.logLevel === 'silent' || !this.core.sinks.includes('cloudwatch');
    if (!ambient || hasOwn || isOff || !isUsed) return [];
    const allowed = regionProblem(ambient.region);
    return allowed === undefined ? [] : [{ where: ambient.variable, value: ambient.region, allowed }];
  }

  /** Required settings that are absent. A malformed one counts as present, since it is a problem already. */
  #missing(problems: readonly Problem[], env: Environment): Problem[] {
    if (this.core.logLevel === 'silent') return [];
    return REQUIRED.filter(({ sink, key }) => {
      const values: Readonly<Record<string, unknown>> = this.sinkConfig[sink];
      if (values['level'] === 'silent' || !this.core.sinks.includes(sink)) return false;
      return values[key] === undefined && !isAmong(problems, key);
    }).map(({ sink, key, allowed }) => {
      const hint = sink === 'cloudwatch' ? unboundHint(env) : '';
      return { where: variableName(sections[sink], key), value: undefined, allowed: allowed + hint };
    });
  }
}

const KNOWN_OPTIONS = ['env', 'file', 'requireComplete'];

/** Settings without which a sink cannot be made. */
const REQUIRED = [
  {
    sink: 'cloudwatch',
    key: 'logGroupName',
    allowed: `${LOG_GROUP_NAME_RULE}. CloudWatchLogging.bindTo() in the stack sets it; in code it is logGroupName. To log nothing, as in tests, set ${variableName(sections.core, 'logLevel')}=silent`,
  },
  { sink: 'file', key: 'path', allowed: 'the path of a file' },
] as const;

/** Whether there is a problem with this setting, by whatever name. */
function isAmong(problems: readonly Problem[], key: string): boolean {
  return problems.some(({ where }) => where.replaceAll('_', '').toLowerCase().endsWith(key.toLowerCase()));
}

/** The file or parameter that this variable names, which may be spelled in any case. Blank means absent. */
function sourceNamed(variable: string, env: Environment): string | undefined {
  const isNamed = (name: string): boolean =>
    name.length === variable.length && name.toUpperCase() === variable;
  return env[Object.keys(env).find(isNamed) ?? variable]?.trim() || undefined;
}

function parameterSettings(env: Environment | undefined): DocumentSettings {
  const source = parameterSource(env);
  return source ? readSettingsParameterSync(...source) : noSettings;
}

/** The parameter and the Region that the environment names. */
function parameterSource(
  env: Environment = process.env,
): readonly [name: string, region: string | undefined] | undefined {
  const name = sourceNamed(CONFIG_SSM_VARIABLE, env);
  return name === undefined ? undefined : [name, parseEnvironment(env).settings.cloudwatch.region];
}

/** Later sources win, setting by setting. */
function merged(sources: readonly GivenSettings[]): Values {
  return Object.fromEntries(
    sectionNames.map((name) => {
      const given: object = Object.assign({}, ...sources.map((source) => source[name]));
      return [name, complete(sections[name].rows, given)];
    }),
  ) as unknown as Values;
}
