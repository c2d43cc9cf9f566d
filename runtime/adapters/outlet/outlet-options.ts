import { checkInput } from '../../../contract/check.js';
import type { MinimumLevel } from '../../../contract/levels.js';
import type { Problem } from '../../../contract/problems.js';
import { level } from '../../../contract/settings/sink-level.js';
import { takeRecord } from '../../logger/given-record.js';
import type { Logger } from '../../logger/logger.js';
import type { CloudWatchSinkOptions } from '../../sink-options.js';

/**
 * Where the records of an adapter go. Without any of these options, the environment says it: sinks, redaction, filters, all of it, as
 * for `getLogger()`. With options of {@link CloudWatchSinkOptions}, they go to a CloudWatch Logs sink made of them; the environment
 * still says what is not given here, and redaction and filters.
 */
export interface OutletOptions extends CloudWatchSinkOptions {
  /**
   * A logger of `getLogger()` through which the records go: with its fields, redaction, filters and sinks. Its level does not apply.
   * Whoever made it closes it. Excludes the options of {@link CloudWatchSinkOptions}.
   * @default - a pipeline of the adapter's own
   */
  readonly logger?: Logger | undefined;
  /** The lowest level that is taken, in any case. @default - each record that is handed over */
  readonly level?: CloudWatchSinkOptions['level'];
}

/** Where the records go, once the options are checked. */
export interface OutletChoice {
  readonly logger: Logger | undefined;
  /** Options of the sink to be made; `undefined` where the environment says all. */
  readonly sink: CloudWatchSinkOptions | undefined;
  readonly level: MinimumLevel;
}

/** @param of the name of the adapter, as a message has it */
export function outletChoice(
  of: string,
  { logger, level: lowest, ...others }: OutletOptions,
): { readonly choice: OutletChoice; readonly problems: readonly Problem[] } {
  const given = Object.entries(others).filter(([, value]) => value !== undefined);
  const checked = checkInput({ level }, { level: lowest }, '');
  const sink = given.length === 0 ? undefined : (Object.fromEntries(given) as CloudWatchSinkOptions);
  return {
    choice: { logger, sink, level: lowest === undefined ? 'trace' : (checked.given.level ?? 'trace') },
    problems: [
      ...checked.problems.map(({ allowed }) => ({ where: `${of}: options.level`, value: lowest, allowed })),
      ...loggerProblems(of, logger, given[0]?.[0]),
    ],
  };
}

function loggerProblems(of: string, logger: unknown, other: string | undefined): Problem[] {
  if (logger === undefined) return [];
  const where = `${of}: options.logger`;
  const isLogger = typeof logger === 'object' && logger !== null && takeRecord in logger;
  if (!isLogger) return [{ where, value: logger, allowed: 'a logger of getLogger()' }];
  if (other === undefined) return [];
  const allowed = `a logger, or options of a sink such as ${other}, and not both: give ${other} to the sink of the logger`;
  return [{ where, value: 'given', allowed }];
}
