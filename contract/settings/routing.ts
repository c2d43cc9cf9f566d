import { flag, json, names, readList } from '../kinds.js';
import { LEVELS, PYTHON_LEVELS, pythonLevel, type Level } from '../levels.js';
import { differs, reads } from './python-reading.js';
import { withDefault, type Rows } from './setting.js';

/** Sends records of some levels to some sinks. */
export interface RoutingRule {
  /** Levels of the records, at least one. */
  readonly levels: readonly Level[];
  /** Names of the sinks, at least one. */
  readonly sinks: readonly string[];
}

function readRules(value: unknown): readonly RoutingRule[] | undefined {
  return readList(value, readRule);
}

function readRule(value: unknown): RoutingRule | undefined {
  const { levels: words, sinks: named, ...others } = Object(value) as Readonly<Record<string, unknown>>;
  const levels = readList(words, readLevel);
  const sinks = readList(named, (name) => (typeof name === 'string' ? name || undefined : undefined));
  const isRule = levels?.length && sinks?.length && Object.keys(others).length === 0;
  return isRule ? { levels, sinks } : undefined;
}

function readLevel(value: unknown): Level | undefined {
  if (typeof value !== 'string') return undefined;
  const word = value.toLowerCase();
  return Object.hasOwn(PYTHON_LEVELS, word) ? PYTHON_LEVELS[word] : LEVELS.find((level) => level === word);
}

/** Python compares the words with those of its records, such as `WARNING`. */
function withPythonLevels(rules: readonly RoutingRule[]): string {
  return JSON.stringify(rules.map(({ levels, sinks }) => ({ levels: levels.map(pythonLevel), sinks })));
}

export const routingSettings = {
  enabled: withDefault({
    field: 'ENABLED',
    kind: flag(),
    default: false,
    meaning: 'Send records by the rules, instead of to every sink.',
    python: reads(),
  }),
  rules: withDefault({
    field: 'RULES',
    kind: json<readonly RoutingRule[]>(
      'JSON such as [{"levels":["error","fatal"],"sinks":["cloudwatch"]}]',
      'readonly RoutingRule[]',
      readRules,
      withPythonLevels,
    ),
    default: [],
    meaning:
      'Levels, and the sinks to which they go. A record goes to the sinks of all rules that name its level.',
    python: differs({
      difference: 'knows no level `TRACE`',
      harm: 'drops records of a level that no rule names, unless `FALLBACK_SINKS` names a sink',
      isHarmful: (rules: readonly RoutingRule[]) =>
        !LEVELS.every((each) => each === 'trace' || rules.some(({ levels }) => levels.includes(each))),
    }),
  }),
  fallbackSinks: withDefault({
    field: 'FALLBACK_SINKS',
    kind: names(['stdout_json'], { mayBeEmpty: true }),
    default: [],
    meaning: 'Sinks of the records that no rule names. Without any, they go to every sink.',
    python: reads({ difference: 'drops the records that no rule names if there are none' }),
  }),
} satisfies Rows;
