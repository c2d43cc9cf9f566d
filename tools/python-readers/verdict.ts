import type { Compared } from './comparison.js';
import type { Secret } from './events.js';
import type { Seen } from './reader.js';

/** Secrets that should be hidden and are not; nobody reads what is not stored. */
export function shownBy(seen: Seen, expected: Seen): Secret[] {
  return seen.stored === 0 ? [] : expected.hidden.filter((name) => !seen.hidden.includes(name));
}

/** Each way in which a program does other than it should. */
export function differences({ environment, expected, seen }: Compared): string[] {
  return seen.flatMap((each) =>
    differencesOf(each, expected, environment).map((what) => `${each.language} ${what}`),
  );
}

function differencesOf(seen: Seen, expected: Seen, environment: Compared['environment']): string[] {
  const stored = expected.stored - (seen.language === 'python' ? expected.traces : 0);
  const shown = shownBy(seen, expected);
  const stream = environment['FAPILOG_CLOUDWATCH__LOG_STREAM_NAME'];
  const service = environment['FAPILOG_SERVICE'];
  return [
    ...(seen.exitStatus === expected.exitStatus ? [] : [`ends with status ${seen.exitStatus}`]),
    ...(seen.stored === stored ? [] : [`stores ${seen.stored} events, not ${stored}`]),
    ...(shown.length === 0 ? [] : [`shows ${shown.join(', ')}`]),
    ...(stream === undefined || isOnly(stream, seen.streams) ? [] : [`writes ${seen.streams.join(', ')}`]),
    ...(service === undefined || isOnly(service, seen.services) ? [] : [`is ${seen.services.join(', ')}`]),
  ];
}

function isOnly(name: string, names: readonly string[]): boolean {
  return names.every((each) => each === name);
}

/** What contradicts what is known, as a sentence; `undefined` if nothing does. */
export function contradiction(compared: Compared): string | undefined {
  const { binding, variant, harms, expected } = compared;
  const name = `${binding}, variables for ${variant.readers.join(' and ')}`;
  const found = differences(compared);
  if (expected.exitStatus !== 0)
    return `${binding}: Node.js ends with status ${expected.exitStatus}: ${expected.stderr}`;
  if (found.length > 0 && harms.length === 0) return `${name}: ${found.join(', ')}, and nothing says so`;
  if (found.length === 0 && harms.length > 0)
    return `${name}: all is as it should be, but it is said that ${harms.join('; ')}`;
  return undefined;
}
