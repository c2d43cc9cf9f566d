import { shown, type Problem } from '../../../contract/problems.js';
import { sectionNames, sections, type Section } from '../../../contract/sections.js';
import { CONFIG_SSM_VARIABLE } from '../../../contract/unknown-variable.js';
import { presentable } from '../../../contract/withheld.js';
import { messageOf } from '../../../runtime/send/verdict.js';
import { variableName } from '../../../contract/codec.js';
import { resolvePlugins } from '../../../runtime/plugins/resolve.js';
import { outcomeOf } from '../outcome.js';
import type { Application } from '../application.js';
import type { Check } from '../check.js';
import { fault, finding, type Finding } from '../finding.js';

/** What the settings say, where each was found, and what is wrong with them. */
export const settingsCheck: Check = {
  name: 'Settings',
  async run(application) {
    const set = settingsInForce(application).filter(({ isDefault }) => !isDefault);
    const all = settingsInForce(application).length;
    return [
      ...set.map(({ name, value, from }) => finding('setting', `${name} is ${value} (${from})`)),
      finding('defaults', `${all - set.length} settings have their defaults`),
      ...application.problems.filter((problem) => isOwn(problem, application)).map(faultOf),
      ...application.settings.notices.map(noticeOf),
      ...(await purposeOf(application)),
    ];
  },
};

/** A setting as the application would have it, without what may be a secret. */
export interface SettingInForce {
  readonly name: string;
  readonly value: string;
  readonly from: string;
  readonly isDefault: boolean;
}

export function settingsInForce({ settings }: Application): SettingInForce[] {
  const { core, app, sinkConfig, filterConfig, sinkRouting, redaction, plugins } = settings;
  const values = { core, app, ...sinkConfig, ...filterConfig, sinkRouting, redaction, plugins };
  return sectionNames.flatMap((section) =>
    Object.entries(values[section]).map(([key, value]) => {
      const name = variableName(sections[section] as Section, key);
      const place = settings.places.get(`${section}.${key}`);
      const from = place === undefined ? 'default' : place === name ? 'environment' : `from ${place}`;
      return { name, value: shown(presentable(name, value)), from, isDefault: place === undefined };
    }),
  );
}

/** A misspelt variable has a notice already, and the Region of the environment a check of its own. */
function isOwn({ where }: Problem, { settings: { notices } }: Application): boolean {
  if (where === 'AWS_REGION' || where === 'AWS_DEFAULT_REGION') return false;
  return !notices.some((notice) => notice.startsWith(`unknown variable ${where} `));
}

function faultOf({ where, value, allowed }: Problem): Finding {
  const shownValue = shown(presentable(where, value));
  if (allowed.startsWith('no such ')) return unknown(where, allowed);
  return fault(codeOf(where, value), `${where} is ${shownValue}`, `allowed: ${allowed}`);
}

function codeOf(where: string, value: unknown) {
  if (where === CONFIG_SSM_VARIABLE) return 'settings-parameter';
  if (where === 'settings file') return 'settings-file';
  return value === undefined ? 'setting-missing' : 'setting-malformed';
}

/** Most are notices. One that may have been meant to hide something is a problem. */
function unknown(where: string, allowed: string): Finding {
  const [, meant] = /did you mean "?([^"?]+)"?\?/.exec(allowed) ?? [];
  const [said, ...names] = allowed.split('; ');
  const correct = ['remove it, or correct the name', ...names].join('; ');
  return fault('setting-malformed', `${where}: ${said}`, meant === undefined ? correct : `write ${meant}`);
}

function noticeOf(notice: string): Finding {
  const [, meant] = /did you mean (\S+)\?$/.exec(notice) ?? [];
  const fix = meant === undefined ? 'remove it, or correct its name' : `write ${meant}`;
  return fault('settings-notice', notice, fix);
}

/** Where the log events go, and what of that cannot be. */
async function purposeOf(application: Application): Promise<Finding[]> {
  const { settings, isDelivering, target } = application;
  const { sinks, logLevel } = settings.core;
  if (logLevel === 'silent' || sinks.length === 0) return [loggingOff(application)];
  const named = [finding('sinks', `log events of level ${logLevel} and above go to: ${sinks.join(', ')}`)];
  const wrong = await pluginProblems(application);
  if (isDelivering && target.logGroupName !== '') return [...named, ...wrong, targetOf(application)];
  // Whoever misspelt the sink has to correct that first.
  return isDelivering || wrong.length > 0 ? [...named, ...wrong] : [...named, noDelivery(sinks)];
}

function loggingOff({ settings }: Application): Finding {
  const key = settings.core.logLevel === 'silent' ? 'logLevel' : 'sinks';
  const place = settings.placeOf('core', key);
  return fault('logging-off', `nothing is logged, by ${place}`, `change ${place} if lines are wanted`);
}

function noDelivery(sinks: readonly string[]): Finding {
  const wanted = JSON.stringify([...new Set([...sinks, 'cloudwatch'])]);
  const message = 'nothing goes to CloudWatch Logs by the sink cloudwatch';
  return fault('no-delivery', message, `if it should, set FAPILOG_CORE__SINKS=${wanted}`);
}

function targetOf({ target, sink, settings }: Application): Finding {
  const { logGroupName, logStreamName } = target;
  const stream =
    sink.logStreamName === undefined
      ? `a stream of its own for each process, such as ${logStreamName}`
      : `stream ${logStreamName} (${settings.placeOf('cloudwatch', 'logStreamName')})`;
  return finding('target', `the sink delivers to the log group ${logGroupName}, ${stream}`);
}

/** Names of sinks and filters that nobody knows. No module is loaded. */
async function pluginProblems({ settings, surroundings }: Application): Promise<Finding[]> {
  const makers = { sink: unmade, filter: unmade };
  const options = { report: () => undefined, from: surroundings.folder };
  const resolved = await outcomeOf(() => resolvePlugins(settings, makers, options));
  if ('value' in resolved) return resolved.value.notices.map(noticeOf);
  const { problems } = resolved.error as { problems?: readonly Problem[] };
  if (problems !== undefined) return problems.map(faultOf);
  return [
    fault('setting-malformed', messageOf(resolved.error), 'correct the names in core.sinks and core.filters'),
  ];
}

function unmade(): never {
  throw new Error('nothing is made here');
}
