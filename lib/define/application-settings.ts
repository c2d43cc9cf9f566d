import { checkInput, type Checked } from '../../contract/check.js';
import type { GivenSettings } from '../../contract/codec.js';
import type { Problem } from '../../contract/problems.js';
import { sections } from '../../contract/sections.js';
import type { Rows } from '../../contract/settings/setting.js';
import { isUnresolved } from '../tokens.js';
import type { ApplicationOptions } from './application-options.js';
import { checkSinkSettings } from './cloud-watch-sink-settings.js';
import { readerProblems } from '../reader.js';

export interface ApplicationSettings {
  readonly settings: GivenSettings;
  readonly problems: readonly Problem[];
}

const ownRows = {
  service: sections.app.rows.service,
  logLevel: sections.core.rows.logLevel,
  worker: sections.core.rows.worker,
  traceFormat: sections.core.rows.traceFormat,
  metricsNamespace: sections.core.rows.metricsNamespace,
} satisfies Rows;

/** Turns options into settings and checks them. Tokens pass: the sink checks them when it reads the variables. */
export function applicationSettings(options: ApplicationOptions, where: string): ApplicationSettings {
  const { service, logLevel, worker, traceFormat, metricsNamespace } = options;
  const { sampling, rateLimit, settings = {}, readers } = options;
  const given = { service, logLevel, worker, traceFormat, metricsNamespace };
  const own = checkInput(ownRows, given, where, isUnresolved);
  const { service: name, ...core } = own.given;
  const sample = filterSettings(sections.sampling.rows, sampling, `${where}.sampling`);
  const limit = filterSettings(sections.rateLimit.rows, rateLimit, `${where}.rateLimit`);
  const sink = checkSinkSettings(settings, `${where}.settings`);
  const filters = [...(sampling ? ['sampling'] : []), ...(rateLimit ? ['rate_limit'] : [])];
  return {
    settings: {
      core: {
        ...core,
        ...(filters.length > 0 ? { filters } : {}),
      },
      app: name === undefined ? {} : { service: name },
      sampling: sample.given,
      rateLimit: limit.given,
      cloudwatch: sink.given,
    },
    problems: [
      ...readerProblems(readers, `${where}.readers`),
      ...own.problems,
      ...sample.problems,
      ...limit.problems,
      ...sink.problems.map((problem) => placed(problem, `${where}.settings`)),
    ],
  };
}

/** Names the place of a setting that was given among those of the sink. */
function placed(problem: Problem, path: string): Problem {
  const name = Object.keys(ownRows).find((key) => problem.where === `${path}.${key}`);
  return name === undefined
    ? problem
    : { ...problem, allowed: `no such setting; ${name} stands beside settings` };
}

function filterSettings<R extends Rows>(rows: R, given: object | undefined, where: string): Checked<R> {
  return checkInput(rows, { ...given }, where, isUnresolved);
}

/** Order in which the filters apply. Sampling comes first, so that the records it drops do not use up the rate. */
const FILTER_ORDER = ['sampling', 'rate_limit'];

/** Merges settings one by one; the later ones win. Filters of both apply. */
export function overridden(settings: GivenSettings, by: GivenSettings): GivenSettings {
  const names = new Set([...Object.keys(settings), ...Object.keys(by)]) as Set<keyof GivenSettings>;
  const merged = Object.fromEntries(
    [...names].map((name) => [name, { ...settings[name], ...by[name] }]),
  ) as GivenSettings;
  const named = [...(settings.core?.filters ?? []), ...(by.core?.filters ?? [])];
  const filters = FILTER_ORDER.filter((filter) => named.includes(filter));
  return filters.length === 0 ? merged : { ...merged, core: { ...merged.core, filters } };
}
