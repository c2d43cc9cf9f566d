import { checkValue } from './check.js';
import type { Problem } from './problems.js';
import { expandJsonNodes } from './json-nodes.js';
import { readPythonRedaction, type PythonRedaction } from './python-redaction.js';
import { fieldsOf, sectionNames, sections, type Section, type SectionName } from './sections.js';
import type { GivenValues } from './settings/setting.js';
import {
  mayBeOurs,
  unknownNotice,
  unknownProblem,
  unknownVariables,
  type UnknownVariable,
} from './unknown-variable.js';

/** Checked values by section: what both directions of the codec exchange. */
export type GivenSettings = {
  readonly [Name in SectionName]?: GivenValues<(typeof sections)[Name]['rows']>;
};

/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where settings were found, by section and key: `core.sinks` in a variable, or in a line of a file. */
export type Places = ReadonlyMap<string, string>;

export interface ParsedEnvironment {
  readonly settings: Required<GivenSettings>;
  readonly places: Places;
  readonly problems: readonly Problem[];
  /**
   * Variables that nobody reads and whose name is near to a known one. They are no errors by themselves, because a newer
   * reader may know them; where there is an error, they may be its cause.
   */
  readonly misspelt: readonly Problem[];
  /** What the variables say in the words of Python's fapilog. */
  readonly pythonRedaction: PythonRedaction;
  /** Sentences about what looks wrong and is no error: an unknown variable, two spellings that disagree. */
  readonly notices: readonly string[];
}

/** The variable that the construct writes for a setting. */
export function variableName(section: Section, key: string): string {
  return section.prefixes[0] + section.rows[key]!.field;
}

/**
 * Settings as environment variables, by their upper-case short names. Writes only what is given.
 *
 * @param tokenText the text of a value that is not known yet (a CDK token), `undefined` for an ordinary value
 */
export function encodeEnvironment(
  settings: GivenSettings,
  tokenText: (value: unknown) => string | undefined = () => undefined,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of sectionNames) {
    const section: Section = sections[name];
    for (const [key, value] of Object.entries(settings[name] ?? {})) {
      if (value === undefined) continue;
      environment[variableName(section, key)] = tokenText(value) ?? section.rows[key]!.kind.encode(value);
    }
  }
  return environment;
}

/** Settings from environment variables; names in any case, blank means absent. */
export function parseEnvironment(environment: Environment): ParsedEnvironment {
  const { variables, problems: nodeProblems } = expandJsonNodes(ourVariables(environment));
  const settings: Record<string, Record<string, unknown>> = {};
  const places = new Map<string, string>();
  const problems: Problem[] = [...nodeProblems];
  const notices: string[] = [];
  for (const name of sectionNames) {
    const section: Section = sections[name];
    const values: Record<string, unknown> = (settings[name] = {});
    for (const key of keysIn(section, variables)) {
      const found = readVariables(section, key, variables);
      if (found.value !== undefined) {
        values[key] = found.value;
        places.set(`${name}.${key}`, found.variable!);
      }
      problems.push(...found.problems);
      notices.push(...found.notices);
    }
  }
  const pythonRedaction = readPythonRedaction(variables);
  problems.push(...pythonRedaction.problems);
  const unknown = unknownVariables(variables.keys());
  const problemOf = (each: UnknownVariable): Problem => unknownProblem(each, variables.get(each.name));
  const [dangerous, harmless] = [true, false].map((is) => unknown.filter((each) => each.isRedaction === is));
  return {
    settings: settings as Required<GivenSettings>,
    places,
    problems: [...problems, ...dangerous!.map(problemOf)],
    misspelt: harmless!.filter(({ meant }) => meant !== undefined).map(problemOf),
    pythonRedaction,
    notices: [...notices, ...harmless!.map(unknownNotice)],
  };
}

/** Whether any variable of ours has text, even one that nobody knows. */
export function hasVariables(environment: Environment): boolean {
  return Object.entries(environment).some(([name, value]) => isText(value) && mayBeOurs(name.toUpperCase()));
}

function isText(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

/** Our variables that have text, by upper-case name. An upper-case spelling wins over others. */
function ourVariables(environment: Environment): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const [name, value] of Object.entries(environment)) {
    const upper = name.toUpperCase();
    if (!mayBeOurs(upper) || !isText(value)) continue;
    if (name === upper || !variables.has(upper)) variables.set(upper, value);
  }
  return variables;
}

/** The settings of a section of which there is a variable, in the order of the section. */
function keysIn({ prefixes, rows }: Section, variables: ReadonlyMap<string, string>): string[] {
  const ends = [...variables.keys()].flatMap((name) =>
    prefixes.filter((prefix) => name.startsWith(prefix)).map((prefix) => name.slice(prefix.length)),
  );
  if (ends.length === 0) return [];
  return Object.keys(rows).filter((key) => fieldsOf(rows[key]!).some((field) => ends.includes(field)));
}

interface Found {
  readonly value?: unknown;
  /** The one that has the value. */
  readonly variable?: string | undefined;
  readonly problems: readonly Problem[];
  readonly notices: readonly string[];
}

/** Reads a setting from each of its variables. Checks them all: the user may have meant one that loses. */
function readVariables(section: Section, key: string, variables: ReadonlyMap<string, string>): Found {
  const row = section.rows[key]!;
  const set = section.prefixes
    .flatMap((prefix) => fieldsOf(row).map((field) => prefix + field))
    .filter((name) => variables.has(name));
  const outcomes = set.map((name) => ({ name, ...checkValue(row, variables.get(name), name) }));
  const problems = outcomes.flatMap((outcome) => ('problem' in outcome ? [outcome.problem] : []));
  const valid = outcomes.filter((outcome) => 'value' in outcome);
  const [first, ...others] = valid;
  const notices = others
    .filter(({ value }) => row.kind.encode(value) !== row.kind.encode(first!.value))
    .map(({ name }) => `${first!.name} and ${name} disagree; ${first!.name} is used`);
  return { value: first?.value, variable: first?.name, problems, notices };
}
