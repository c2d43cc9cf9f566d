import { encodeEnvironment, type GivenSettings } from '../../contract/codec.js';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { assertShapes } from '../shapes.js';
import { tokenText } from '../tokens.js';
import { applicationSettings, overridden } from './application-settings.js';
import type { BindOptions } from './bind-options.js';
import { settingConflicts } from './setting-conflicts.js';

/** What is said of the loggers of one construct: once, for the environment and for the grants. */
export class Definition {
  constructor(readonly settings: GivenSettings) {}

  /**
   * The definition of one writer.
   *
   * @param where what the options belong to, for messages
   * @throws SettingsError with every problem of every option
   */
  for(given: BindOptions, where: string): Definition {
    assertShapes(given, where);
    const { streamPrefix, ...options } = given;
    const prefixed =
      streamPrefix === undefined
        ? options
        : { ...options, settings: { ...options.settings, logStreamPrefix: streamPrefix } };
    const own = applicationSettings(prefixed, where);
    const settings = overridden(this.settings, own.settings);
    assertNoProblems([
      ...own.problems.map((problem) => namedStreamPrefix(problem, streamPrefix, where)),
      ...ambiguousPrefix(streamPrefix, options.settings?.logStreamPrefix, where),
      ...settingConflicts(settings, where),
    ]);
    return new Definition(settings);
  }

  with(settings: GivenSettings): Definition {
    return new Definition(overridden(this.settings, settings));
  }

  /** The same, and of other settings only what this one does not say. */
  withDefaults(settings: GivenSettings): Definition {
    return new Definition(overridden(settings, this.settings));
  }

  /** As environment variables, in which CloudFormation fills in what only it knows. */
  get environment(): Record<string, string> {
    return encodeEnvironment(this.settings, tokenText);
  }
}

function namedStreamPrefix(problem: Problem, streamPrefix: string | undefined, where: string): Problem {
  const isPrefix = streamPrefix !== undefined && problem.where === `${where}.settings.logStreamPrefix`;
  return isPrefix ? { ...problem, where: `${where}.streamPrefix` } : problem;
}

function ambiguousPrefix(short: string | undefined, long: string | undefined, where: string): Problem[] {
  if (short === undefined || long === undefined || short === long) return [];
  const allowed = `one prefix, in streamPrefix alone; it is ${JSON.stringify(short)} there`;
  return [{ where: `${where}.settings.logStreamPrefix`, value: long, allowed }];
}
