import type { GivenSettings } from '../../contract/codec.js';
import { levelRank, passes, pythonLevel, type MinimumLevel } from '../../contract/levels.js';
import { rateLimitSettings, samplingSettings } from '../../contract/settings/filters.js';
import { complete, type Rows } from '../../contract/settings/setting.js';
import { isUnresolved, tokenText } from '../tokens.js';

/** Settings, and variables that stand beside those of the settings. */
export interface Adapted {
  readonly settings: GivenSettings;
  readonly variables: Readonly<Record<string, string>>;
}

const PREFIX = 'FAPILOG_FILTER_CONFIG__';

/**
 * Says filters in a way that both readers understand. A filter of Python's fapilog does not load if one of its variables is unknown to
 * it, unless others begin with `CONFIG__`: then it reads only those.
 */
export function sharedFilters(settings: GivenSettings): Adapted {
  const { settings: others, variables } = sharedSampling(settings);
  return { settings: others, variables: { ...variables, ...sharedRateLimit(settings) } };
}

function sharedSampling(settings: GivenSettings): Adapted {
  const { rate, ...ours } = settings.sampling ?? {};
  if (Object.keys(ours).length > 0) {
    const value = rate ?? samplingSettings.rate.default;
    return { settings, variables: { [`${PREFIX}SAMPLING__CONFIG__SAMPLE_RATE`]: rateText(value) } };
  }
  if (rate === undefined) return { settings, variables: {} };
  return {
    settings: { ...settings, sampling: {} },
    variables: { [`${PREFIX}SAMPLING__SAMPLE_RATE`]: rateText(rate) },
  };
}

/** The capacity is always among them, because without any the filter would read all its variables. */
function sharedRateLimit({ rateLimit = {} }: GivenSettings): Record<string, string> {
  const { windowSeconds, ...theirs } = rateLimit;
  if (windowSeconds === undefined) return {};
  const { capacity } = complete(rateLimitSettings, rateLimit);
  const values: Readonly<Record<string, unknown>> = { capacity, ...theirs };
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const { field, kind } = (rateLimitSettings as Rows)[key]!;
      return [`${PREFIX}RATE_LIMIT__CONFIG__${field}`, tokenText(value) ?? kind.encode(value)];
    }),
  );
}

/**
 * Says filters for Python's fapilog alone. Its `sampling` drops errors as well; its `trace_sampling` passes the levels that it is told
 * to.
 */
export function pythonFilters(settings: GivenSettings): Adapted {
  const { core = {}, sampling } = settings;
  if (!core.filters?.includes('sampling')) return { settings, variables: {} };
  const filters = core.filters.map((name) => (name === 'sampling' ? 'trace_sampling' : name));
  const { rate, alwaysLevel } = complete(samplingSettings, sampling ?? {});
  const levels = JSON.stringify(levelsFrom(alwaysLevel));
  return {
    settings: { ...settings, core: { ...core, filters }, sampling: {} },
    variables: {
      [`${PREFIX}TRACE_SAMPLING`]: `{"sample_rate":${rateText(rate)},"always_pass_levels":${levels}}`,
    },
  };
}

function rateText(rate: number): string {
  return tokenText(rate) ?? samplingSettings.rate.kind.encode(rate);
}

/** Levels of log calls in Python, lowest first. `AUDIT` and `SECURITY` stand above all others. */
const PYTHON_LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Levels that pass, by Python's names. A level that only the deployment knows counts as `error`. */
function levelsFrom(minimum: MinimumLevel): string[] {
  const lowest = isUnresolved(minimum) ? 'error' : minimum;
  const passing = PYTHON_LEVELS.filter((level) => passes(level, lowest)).map(pythonLevel);
  return levelRank[lowest] > levelRank.fatal ? [] : [...passing, 'AUDIT', 'SECURITY'];
}
