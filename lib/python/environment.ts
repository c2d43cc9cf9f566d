import { encodeEnvironment, type GivenSettings } from '../../contract/codec.js';
import { sectionNames, sections, type Section } from '../../contract/sections.js';
import type { Reader } from '../reader.js';
import { isUnresolved, tokenText } from '../tokens.js';
import { pythonFilters, sharedFilters, type Adapted } from './filters.js';
import { withLevelGate } from './level-gate.js';
import { redactorVariables } from './redactors.js';
import { withSharedStream } from './shared-stream.js';

/** Environment variables for the readers. CloudFormation fills in values that only it knows. */
export function environmentFor(settings: GivenSettings, readers: readonly Reader[]): Record<string, string> {
  if (!readers.includes('python')) return encodeEnvironment(settings, tokenText);
  const understood = withLevelGate(withSharedStream(settings));
  const adapted = readers.includes('nodejs') ? sharedFilters(understood) : pythonAlone(understood);
  return {
    ...encodeEnvironment(adapted.settings, tokenText),
    ...adapted.variables,
    ...redactorVariables(settings),
    ...signalVariables(settings),
  };
}

function pythonAlone(settings: GivenSettings): Adapted {
  const { settings: filtered, variables } = pythonFilters(settings);
  return { settings: withAttempts(onlyRead(filtered)), variables };
}

/** Leaves out the settings that Python's fapilog does not read. */
function onlyRead(settings: GivenSettings): GivenSettings {
  return Object.fromEntries(
    sectionNames.map((name) => {
      const { rows }: Section = sections[name];
      const given = Object.entries(settings[name] ?? {});
      const isRead = ([key]: readonly [string, unknown]) =>
        ['reads', 'differs'].includes(rows[key]!.python.mark);
      return [name, Object.fromEntries(given.filter(isRead))];
    }),
  );
}

/** Python's fapilog counts the first attempt as well. */
function withAttempts(settings: GivenSettings): GivenSettings {
  const maxRetries = settings.cloudwatch?.maxRetries;
  if (maxRetries === undefined || isUnresolved(maxRetries)) return settings;
  return { ...settings, cloudwatch: { ...settings.cloudwatch, maxRetries: maxRetries + 1 } };
}

/** The name of the same setting in Python's fapilog. */
function signalVariables({ cloudwatch = {} }: GivenSettings): Record<string, string> {
  const { installSignalHandlers: value } = cloudwatch;
  return value === undefined
    ? {}
    : { FAPILOG_CORE__SIGNAL_HANDLER_ENABLED: tokenText(value) ?? String(value) };
}
