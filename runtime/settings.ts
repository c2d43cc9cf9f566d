import { checkInput } from '../contract/check.js';
import { parseEnvironment, variableName, type Environment } from '../contract/codec.js';
import { LOG_GROUP_NAME_RULE } from '../contract/names.js';
import { assertNoProblems, type Problem } from '../contract/problems.js';
import {
  complete,
  sections,
  type CloudWatchInput,
  type CloudWatchValues,
  type CoreInput,
  type CoreValues,
} from '../contract/settings.js';

/** Settings in code; each one given here wins over its variable. */
export interface SettingsInput {
  readonly core?: CoreInput | undefined;
  readonly sinkConfig?: { readonly cloudwatch?: CloudWatchInput | undefined } | undefined;
}

export interface SettingsOptions {
  /** @default process.env */
  readonly env?: Environment | undefined;
  /** Whether what the named sinks cannot do without must be there, such as the log group's name. @default false */
  readonly requireComplete?: boolean | undefined;
}

/**
 * The settings of a logger and its sinks: code over environment over default.
 *
 * @throws SettingsError naming every malformed value at once, with its variable or key and what is allowed.
 */
export class Settings {
  readonly core: CoreValues;
  readonly sinkConfig: { readonly cloudwatch: CloudWatchValues };
  /** What is strange about the environment but no error, such as an unknown variable of ours. */
  readonly notices: readonly string[];

  constructor(
    input: SettingsInput = {},
    { env = process.env, requireComplete = false }: SettingsOptions = {},
  ) {
    const parsed = parseEnvironment(env);
    const core = checkInput(sections.core.rows, input.core ?? {}, sections.core.path);
    const { rows, path } = sections.cloudwatch;
    const cloudwatch = checkInput(rows, input.sinkConfig?.cloudwatch ?? {}, path);
    const problems = [
      ...unknownSections(input),
      ...core.problems,
      ...cloudwatch.problems,
      ...parsed.problems,
    ];
    this.core = complete(sections.core.rows, { ...parsed.settings.core, ...core.given });
    this.sinkConfig = { cloudwatch: complete(rows, { ...parsed.settings.cloudwatch, ...cloudwatch.given }) };
    this.notices = parsed.notices;
    assertNoProblems(requireComplete ? [...problems, ...this.#missing(problems)] : problems);
  }

  /** A log group that was named, but badly, is not missing. */
  #missing(problems: readonly Problem[]): Problem[] {
    const isWanted = this.core.sinks.includes('cloudwatch');
    const isNamed = this.sinkConfig.cloudwatch.logGroupName !== undefined;
    const isMisnamed = problems.some(({ where }) => /(LOG_GROUP_NAME|logGroupName)$/.test(where));
    return isWanted && !isNamed && !isMisnamed ? [missingLogGroup] : [];
  }
}

const missingLogGroup: Problem = {
  where: variableName(sections.cloudwatch, 'logGroupName'),
  value: undefined,
  allowed: `${LOG_GROUP_NAME_RULE}. CloudWatchLogging.bindTo() in the stack sets it; in code it is logGroupName`,
};

function unknownSections(input: SettingsInput): Problem[] {
  return [
    ...unknownKeys(input, ['core', 'sinkConfig'], ''),
    ...unknownKeys(input.sinkConfig ?? {}, ['cloudwatch'], 'sinkConfig.'),
  ];
}

function unknownKeys(value: object, known: readonly string[], path: string): Problem[] {
  return Object.entries(value)
    .filter(([key]) => !known.includes(key))
    .map(([key, given]) => ({
      where: path + key,
      value: given,
      allowed: `no such key; there is ${known.join(', ')}`,
    }));
}
