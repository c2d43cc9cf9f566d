import type { LogGroupClass } from 'aws-cdk-lib/aws-logs';
import type { GivenSettings } from '../../contract/codec.js';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { unknownOptions } from '../option-names.js';
import { assertShapes } from '../shapes.js';
import { environmentFor } from '../python/environment.js';
import { pythonFindings, type PythonFinding } from '../python/findings.js';
import { applicationSettings, overridden } from './application-settings.js';
import { deliveryProblems, type Delivery } from '../delivery.js';
import type { BindOptions, StreamOptions } from './bind-options.js';
import { DEFAULT_READERS, type Reader } from '../reader.js';
import { metricProblems } from './metric-problems.js';
import { settingConflicts } from './setting-conflicts.js';
import { stdoutProblems, stdoutSettings } from './stdout-settings.js';
import { BIND_OPTIONS } from './writer-option-names.js';

/** Settings of the writers of one construct. Environment and grants both follow from them. */
export class Definition {
  constructor(
    readonly settings: GivenSettings,
    private readonly readers: readonly Reader[] = DEFAULT_READERS,
    /** That of the program; in the definition of a construct, that of its functions. */
    readonly delivery: Delivery = 'direct',
    /** `undefined` if nobody has named it. */
    private readonly logGroupClass?: LogGroupClass | undefined,
  ) {}

  /**
   * Returns the definition of one writer, whose options win over these settings.
   *
   * @param where names the options in messages
   * @param names of all options that the writer may have
   * @throws SettingsError listing every problem of every option
   */
  for(given: StreamOptions, where: string, names: Readonly<Record<string, true>>): Definition {
    const unknown = unknownOptions(given, names, where);
    assertShapes(given, where, unknown);
    const { streamPrefix, ...options } = given;
    const prefixed =
      streamPrefix === undefined
        ? options
        : { ...options, settings: { ...options.settings, logStreamPrefix: streamPrefix } };
    const own = applicationSettings(prefixed, where);
    const settings = overridden(this.settings, own.settings);
    assertNoProblems([
      ...unknown,
      ...own.problems.map((problem) => namedStreamPrefix(problem, streamPrefix, where)),
      ...ambiguousPrefix(streamPrefix, options.settings?.logStreamPrefix, where),
      ...settingConflicts(settings, where),
      ...metricProblems(options, this.logGroupClass, where),
    ]);
    return new Definition(settings, options.readers ?? this.readers);
  }

  /**
   * Returns the definition of one bound writer.
   *
   * @param isOwnFunction whether Lambda could deliver its lines, too
   * @throws SettingsError listing every problem of every option
   */
  forBinding(given: BindOptions, where: string, isOwnFunction = false): Definition {
    const { settings, readers } = this.for(given, where, BIND_OPTIONS);
    const { delivery = isOwnFunction ? this.delivery : 'direct' } = given;
    assertNoProblems([
      ...deliveryProblems(delivery, `${where}.delivery`),
      ...stdoutProblems({ ...given, delivery }, where),
    ]);
    return delivery === 'stdout'
      ? new Definition(stdoutSettings(settings), readers, delivery)
      : new Definition(settings, readers);
  }

  /** Returns a definition in which the given settings win. */
  with(settings: GivenSettings): Definition {
    return new Definition(overridden(this.settings, settings), this.readers);
  }

  /** Environment variables for the readers. CloudFormation fills in values that only it knows. */
  get environment(): Record<string, string> {
    return environmentFor(this.settings, this.readers);
  }

  /** Whether Python's fapilog is among the readers. */
  get isForPython(): boolean {
    return this.readers.includes('python');
  }

  /** Settings that do harm in Python programs. */
  get pythonFindings(): readonly PythonFinding[] {
    return pythonFindings(this.settings, this.readers);
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
