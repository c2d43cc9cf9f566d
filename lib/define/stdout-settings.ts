import type { GivenSettings } from '../../contract/codec.js';
import type { Problem } from '../../contract/problems.js';
import type { BindOptions } from './bind-options.js';

/** Settings of the section `cloudwatch` that the sink `stdout_json` obeys, too. */
const SHARED_SETTINGS: readonly string[] = ['level', 'shutdownDeadlineSeconds'];

const NOTHING = 'nothing with delivery: "stdout", where Lambda delivers the lines and names the log streams';

/** Settings of a program whose lines Lambda delivers. Those that only the sink `cloudwatch` obeys are left out. */
export function stdoutSettings(settings: GivenSettings): GivenSettings {
  const { worker: _worker, ...core } = settings.core ?? {};
  const { level, shutdownDeadlineSeconds } = settings.cloudwatch ?? {};
  return {
    ...settings,
    core: { ...core, sinks: ['stdout_json'] },
    cloudwatch: shutdownDeadlineSeconds === undefined ? {} : { shutdownDeadlineSeconds },
    stdoutJson: level === undefined ? {} : { level },
  };
}

/** Options of one writer that have no effect where Lambda delivers. Those of the construct are for its other writers. */
export function stdoutProblems(options: BindOptions, where: string): Problem[] {
  const { delivery, streamPrefix, worker, settings = {} } = options;
  if (delivery !== 'stdout') return [];
  const others = Object.entries(settings).filter(([key]) => !SHARED_SETTINGS.includes(key));
  const given = Object.entries({
    streamPrefix,
    worker: worker || undefined,
    ...Object.fromEntries(others.map(([key, value]) => [`settings.${key}`, value])),
  });
  return given
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ where: `${where}.${key}`, value, allowed: NOTHING }));
}
