import { isNode, nodeNames } from './json-nodes.js';
import { slipsAllowedIn, slipsBetween } from './nearest.js';
import type { Problem } from './problems.js';
import { PYTHON_REDACTION } from './python-redaction.js';
import { isPythonVariable } from './python-variables.js';
import { fieldsOf, sections, type Section } from './sections.js';
import { withheld } from './withheld.js';

/** Variables that name a source of settings. */
export const CONFIG_FILE_VARIABLE = 'FAPILOG_CONFIG_FILE';
export const CONFIG_SSM_VARIABLE = 'FAPILOG_CONFIG_SSM';

/** A variable of ours that nobody reads. */
export interface UnknownVariable {
  /** In upper case. */
  readonly name: string;
  /** The known variable that was probably meant. */
  readonly meant: string | undefined;
  /** Whether it may have been meant to hide something. To ignore it could log secrets. */
  readonly isRedaction: boolean;
}

/** A known variable, which may have been meant. */
interface Candidate {
  readonly name: string;
  /** Without separators. */
  readonly bare: string;
  /** The beginning of its name, without separators; `undefined` if it is no setting of a section. */
  readonly section?: string;
  /** The words of the field, or of the whole name behind `FAPILOG`. */
  readonly words: readonly string[];
}

/** The name of an unknown variable: without separators, and its words behind `FAPILOG`. */
interface Given {
  readonly bare: string;
  readonly words: readonly string[];
}

/** Finds the variables that neither we nor Python's fapilog read. `names` are in upper case. */
export function unknownVariables(names: Iterable<string>): UnknownVariable[] {
  const unknown = [...names].filter((name) => !isKnown(name) && !isPythonVariable(name));
  return unknown.map(describe).filter(({ name, isNear }) => isOurs(name) || isNear);
}

/** Whether a name begins like ours, with one slip at the most. */
export function mayBeOurs(name: string): boolean {
  return isOurs(name) || (name.startsWith('F') && isNearlyOurs(bareOf(name)));
}

function isNearlyOurs(bare: string): boolean {
  const beginnings = [-1, 0, 1].map((more) => bare.slice(0, PRODUCT.length + more));
  return bare.length > PRODUCT.length + 1 && beginnings.some((each) => slipsBetween(each, PRODUCT) <= 1);
}

/** The unknown variable as a problem of the settings. Its value may be a secret whose name is misspelt. */
export function unknownProblem({ name, meant }: UnknownVariable, value: unknown): Problem {
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  return { where: name, value: withheld(value), allowed: `no such variable${hint}` };
}

export function unknownNotice({ name, meant }: UnknownVariable): string {
  return `unknown variable ${name} is ignored${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

const PRODUCT = 'FAPILOG';

function isOurs(name: string): boolean {
  return name.startsWith(`${PRODUCT}_`);
}

function bareOf(name: string): string {
  return name.replaceAll(/[^A-Z\d]/g, '');
}

function wordsOf(name: string): string[] {
  return name.split(/[^A-Z\d]+/).filter((word) => word !== '');
}

const singleNames: readonly string[] = [CONFIG_FILE_VARIABLE, CONFIG_SSM_VARIABLE, ...PYTHON_REDACTION];

/** Asks the sections: most programs set a few variables, of the hundreds that a list of all would have. */
function isKnown(name: string): boolean {
  return (
    singleNames.includes(name) ||
    isNode(name) ||
    Object.values(sections).some((section) => isFieldOf(section, name))
  );
}

function isFieldOf({ prefixes, rows }: Section, name: string): boolean {
  const ends = prefixes
    .filter((prefix) => name.startsWith(prefix))
    .map((prefix) => name.slice(prefix.length));
  return (
    ends.length > 0 && Object.values(rows).some((row) => fieldsOf(row).some((each) => ends.includes(each)))
  );
}

/** Made with the first unknown variable, which most programs never have. */
let candidates: readonly Candidate[] | undefined;

function allCandidates(): Candidate[] {
  const settings = Object.values(sections).flatMap(candidatesOf);
  const others = [...singleNames, ...nodeNames()].map((name) => ({
    name,
    bare: bareOf(name),
    words: withoutProduct(name),
  }));
  return [...settings, ...others];
}

function candidatesOf({ prefixes, rows }: Section): Candidate[] {
  const fields = Object.values(rows).flatMap(fieldsOf);
  return prefixes.flatMap((prefix) =>
    fields.map((field) => ({
      name: prefix + field,
      bare: bareOf(prefix + field),
      section: withoutProduct(prefix).join(''),
      words: wordsOf(field),
    })),
  );
}

function withoutProduct(name: string): string[] {
  return wordsOf(name).slice(1);
}

/** What it costs to take a name for a setting of another section. */
const ELSEWHERE = 4;
/** What it costs to take a part of a field's name for the whole. */
const PART = 3;

function describe(name: string): UnknownVariable & { readonly isNear: boolean } {
  candidates ??= allCandidates();
  const given = { bare: bareOf(name), words: withoutProduct(name) };
  const [best] = candidates
    .map((candidate) => ({ meant: candidate.name, cost: costOf(given, candidate) }))
    .filter(({ cost }) => cost !== Infinity)
    .map((each) => ({ ...each, slips: slipsBetween(name, each.meant) }))
    .toSorted((a, b) => a.cost - b.cost || a.slips - b.slips);
  const isNear = best !== undefined && (best.cost < ELSEWHERE || name.includes('REDACT'));
  const isRedaction =
    isNear && (best.meant.startsWith('FAPILOG_REDACTION') || PYTHON_REDACTION.includes(best.meant));
  return { name, meant: best?.meant, isNear, isRedaction: isRedaction || name.includes('REDACT') };
}

/** How far a name is from a known one: 0 if only separators differ, `Infinity` if it cannot be meant. */
function costOf(given: Given, { bare, section, words }: Candidate): number {
  const limit = slipsAllowedIn(words.join(''));
  if (section === undefined) return slipsBetween(given.bare, bare, Math.min(2, limit));
  return Math.min(slipsBetween(given.bare, bare, limit), costByParts(given.words, section, words));
}

/** Divides the name into a section and a field at each boundary between words. */
function costByParts(given: readonly string[], section: string, field: readonly string[]): number {
  const costs = given.map((_, at) => {
    const cost = fieldCost(given.slice(at), field);
    return cost === Infinity ? cost : cost + sectionCost(given.slice(0, at).join(''), section);
  });
  return Math.min(...costs);
}

/** A setting that is named without a section most probably is one of the logger. */
function sectionCost(given: string, section: string): number {
  return given === '' && section === 'CORE' ? 0 : Math.min(slipsBetween(given, section, 2), ELSEWHERE);
}

function fieldCost(given: readonly string[], field: readonly string[]): number {
  const word = field.join('');
  const slips = slipsBetween(given.join(''), word, slipsAllowedIn(word));
  return Math.min(slips, isPart(given, field) || isPart(field, given) ? PART : Infinity);
}

/** Whether the words are the beginning or the end of others, and half of their letters at the least. */
function isPart(part: readonly string[], whole: readonly string[]): boolean {
  const [short, long] = [part.join(''), whole.join('')];
  const ends = [whole.slice(0, part.length), whole.slice(-part.length)].map((words) => words.join(''));
  return short.length * 2 >= long.length && ends.includes(short);
}
