import { hintFor } from '../contract/nearest.js';
import { ruleOf, shown } from '../contract/problems.js';
import type { Report } from './io/diagnostics.js';
import type { CloseOptions, FlushOptions } from './sink-port.js';

type Members = Readonly<Record<string, unknown>>;

interface OptionRule {
  readonly allowed: string;
  readonly allows: (value: unknown) => boolean;
}

const deadlineMs: OptionRule = {
  allowed: 'a number of milliseconds',
  allows: (value) => typeof value === 'number' && !Number.isNaN(value),
};

const leftover: OptionRule = {
  allowed: 'keep, divert',
  allows: (value) => value === 'keep' || value === 'divert',
};

/** Options of the two calls that wait for deliveries. */
const OPTIONS = { flush: { deadlineMs, leftover }, close: { deadlineMs } };

/**
 * The options of such a call as far as they can be used. What cannot is reported, and stands as if it were not given: a mistake here
 * must neither throw while a process ends nor give up events.
 */
export function endingOptions(of: 'flush', given: unknown, report: Report): FlushOptions;
export function endingOptions(of: 'close', given: unknown, report: Report): CloseOptions;
export function endingOptions(of: 'flush' | 'close', given: unknown, report: Report): FlushOptions {
  const say = (where: string, value: unknown, allowed: string): void =>
    report(`options.${of}`, `${of}(): ${where} is ${shown(value)}, which has no effect${ruleOf(allowed)}`);
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object') {
    say('options', given, 'options such as { deadlineMs: 5000 }');
    return {};
  }
  const rules: Readonly<Record<string, OptionRule>> = OPTIONS[of];
  const usable = Object.entries(given as Members).filter(([name, value]) => {
    if (value === undefined) return false;
    const rule = Object.hasOwn(rules, name) ? rules[name]! : undefined;
    if (rule?.allows(value)) return true;
    say(`options.${name}`, value, rule?.allowed ?? `no such option; ${hintFor(name, Object.keys(rules))}`);
    return false;
  });
  return Object.fromEntries(usable);
}
