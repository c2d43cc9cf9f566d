import { SettingsError, type Problem } from '../../../contract/problems.js';
import type { CloudWatchTransportOptions } from './transport-options.js';

/** Options of the sink, each by the option of winston-cloudwatch that it may come from. */
const THEIRS = {
  region: ['awsOptions.region', 'awsRegion'],
  endpointUrl: ['awsOptions.endpoint'],
  batchTimeoutSeconds: ['uploadRate'],
  createLogGroup: ['ensureLogGroup'],
  client: ['cloudWatchLogs'],
} as const;

/** Makes something of options, and names in its SettingsError what was given by a name of winston-cloudwatch by that name. */
export function inTheirNames<Made>(given: CloudWatchTransportOptions, make: () => Made): Made {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new SettingsError(error.problems.map((problem) => renamed(problem, given)));
  }
}

function renamed(problem: Problem, given: CloudWatchTransportOptions): Problem {
  const [, name = ''] = /: options\.(\w+)$/.exec(problem.where) ?? [];
  if (!isRenamed(name) || given[name] !== undefined) return problem;
  const theirs = THEIRS[name].find((path) => valueAt(given, path) !== undefined);
  if (theirs === undefined) return problem;
  return {
    where: problem.where.replace(/\w+$/, theirs),
    value: valueAt(given, theirs),
    allowed: theirs === 'uploadRate' ? `as ${name}, ${problem.allowed}` : problem.allowed,
  };
}

function isRenamed(name: string): name is keyof typeof THEIRS {
  return Object.hasOwn(THEIRS, name);
}

function valueAt(given: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], given);
}
