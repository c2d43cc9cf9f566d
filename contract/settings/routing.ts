import * as v from 'valibot';
import { flag, json, names } from '../kinds.js';
import { LEVELS, PYTHON_LEVELS, pythonLevel, type Level } from '../levels.js';
import { differs, reads } from './python-reading.js';
import { withDefault, type Rows } from './setting.js';

const levelName = v.pipe(
  v.string(),
  v.toLowerCase(),
  v.transform((word) => (Object.hasOwn(PYTHON_LEVELS, word) ? PYTHON_LEVELS[word] : word)),
  v.picklist(LEVELS),
);

const rule = v.strictObject({
  levels: v.pipe(v.array(levelName), v.nonEmpty()),
  sinks: v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.nonEmpty()),
});

/** Sends records of some levels to some sinks. */
export interface RoutingRule {
  /** Levels of the records, at least one. */
  readonly levels: readonly Level[];
  /** Names of the sinks, at least one. */
  readonly sinks: readonly string[];
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
      v.array(rule),
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
