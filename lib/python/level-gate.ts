import type { GivenSettings } from '../../contract/codec.js';
import { levelRank, type MinimumLevel } from '../../contract/levels.js';
import { isUnresolved } from '../tokens.js';

/**
 * Says the lowest level in a way that both readers understand, by the filter `level`. `FAPILOG_CORE__LOG_LEVEL` of Python's fapilog
 * knows `DEBUG` to `ERROR` only, gives way to `INFO` on Lambda, in containers and in CI, and does not count where filters are named.
 */
export function withLevelGate(settings: GivenSettings): GivenSettings {
  const { core = {} } = settings;
  const { logLevel, filters = [] } = core;
  if (logLevel === undefined && filters.length === 0) return settings;
  if (logLevel === 'silent') return silent(settings);
  return {
    ...settings,
    core: {
      ...core,
      ...(logLevel === undefined ? {} : { logLevel: between('debug', logLevel, 'error') }),
      filters: ['level', ...filters],
    },
    level: { minLevel: between('debug', logLevel ?? 'info', 'fatal') },
  };
}

/** Python's fapilog has no such level. A share of 0 of the records, with no level that always passes, is the same. */
function silent(settings: GivenSettings): GivenSettings {
  return {
    ...settings,
    core: { ...settings.core, logLevel: 'error', filters: ['level', 'sampling'] },
    level: { minLevel: 'fatal' },
    sampling: { rate: 0, alwaysLevel: 'silent' },
    rateLimit: {},
  };
}

function between(lowest: MinimumLevel, level: MinimumLevel, highest: MinimumLevel): MinimumLevel {
  if (isUnresolved(level)) return level;
  if (levelRank[level] < levelRank[lowest]) return lowest;
  return levelRank[level] > levelRank[highest] ? highest : level;
}
