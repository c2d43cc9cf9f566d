/** A place in a JSON line: names of members and places in arrays. */
export type Path = readonly (string | number)[];

/** A value that a filter pattern can compare with. */
export type Value = string | number | boolean | null;

/** Characters of a text that go into a pattern, of which the service takes 1,024; the rest becomes a wildcard. */
const LONGEST_TEXT = 256;

/** The path as a pattern has it: `$.error.type`, `$.items[0]`, `$.['a.b']`. */
export function selector(path: Path): string {
  return `$${path.map(step).join('')}`;
}

function step(name: string | number): string {
  if (typeof name === 'number') return `[${name}]`;
  return /^[A-Za-z0-9_-]+$/.test(name) ? `.${name}` : `.['${name}']`;
}

/** Whether a pattern can name the member: the service knows no way to write a quote or a backslash within a name. */
export function isSelectable(path: Path): boolean {
  return path.every((name) => typeof name === 'number' || (name !== '' && !/['\\]/.test(name)));
}

/** The path that a facet names: `error.type`. */
export function facetPath(name: string): Path {
  return name.split('.');
}

/** A comparison that is true for the value: `$.level = "error"`. */
export function including(path: Path, value: Value): string {
  if (value === null) return `${selector(path)} IS NULL`;
  if (typeof value === 'boolean') return `${selector(path)} IS ${value ? 'TRUE' : 'FALSE'}`;
  return `${selector(path)} = ${literal(value)}`;
}

/** A comparison that is false for the value; `undefined` if there is none, as for `null`. */
export function excluding(path: Path, value: Value): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'boolean') return including(path, !value);
  return `${selector(path)} != ${literal(value)}`;
}

function literal(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const whole = value.length <= LONGEST_TEXT;
  const text = (whole ? value : beginning(value)).replaceAll(/[\\"]/g, '\\$&');
  return `"${text}${whole ? '' : '*'}"`;
}

/** Without half of a character at its end. */
function beginning(text: string): string {
  return text.slice(0, LONGEST_TEXT).replace(/[\ud800-\udbff]$/, '');
}

/**
 * The terms of a pattern `{ a && b }`, as they stand there; none of an empty one. `undefined` of a pattern to which no term about a
 * member can be added, because it is of words or columns.
 */
export function termsOf(filter: string): string[] | undefined {
  const text = filter.trim();
  if (text === '') return [];
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  const inner = text.slice(1, -1).trim();
  const alternatives = splitTopLevel(inner, '||');
  if (alternatives.length > 1) return [`(${inner})`];
  return splitTopLevel(inner, '&&')
    .filter((term) => term !== '')
    .map(spaced);
}

/** The term with one space around operators, as terms are written here, so that those of the user are known again. */
function spaced(term: string): string {
  return term.replaceAll(
    /("(?:\\.|[^"\\])*"|%[^%]*%)|\s*(!=|<=|>=|=|<|>)\s*/g,
    (_, text?: string, operator?: string) => text ?? ` ${operator} `,
  );
}

/** Splits where the operator is in no quotes, no parentheses and no regular expression. */
function splitTopLevel(text: string, operator: string): string[] {
  const parts: string[] = [];
  let [start, depth] = [0, 0];
  for (const { 0: token, index } of text.matchAll(
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|%[^%]*%|&&|\|\||[()]/g,
  )) {
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (depth > 0 || token !== operator) continue;
    parts.push(text.slice(start, index).trim());
    start = index + operator.length;
  }
  return [...parts, text.slice(start).trim()];
}

/** `{ a && b }`; empty without terms. */
export function patternOf(terms: readonly string[]): string {
  return terms.length === 0 ? '' : `{ ${terms.join(' && ')} }`;
}

/** Members of `(a || b)`; the term itself if it is none of these. */
function choicesOf(term: string): string[] {
  if (!term.startsWith('(') || !term.endsWith(')')) return [term];
  return splitTopLevel(term.slice(1, -1), '||');
}

function choiceOf(choices: readonly string[]): string {
  return choices.length === 1 ? choices[0]! : `(${choices.join(' || ')})`;
}

/** Whether the pattern asks for the value, alone or among others. */
export function isIncluded(filter: string, path: Path, value: Value): boolean {
  return (termsOf(filter) ?? []).some((term) => choicesOf(term).includes(including(path, value)));
}

export function isExcluded(filter: string, path: Path, value: Value): boolean {
  return (termsOf(filter) ?? []).includes(excluding(path, value) ?? '');
}

/**
 * The pattern with the value asked for, or no longer if it was. Values of one member become alternatives:
 * `{ ($.level = "error" || $.level = "warn") && $.service = "api" }`.
 */
export function toggleIncluded(filter: string, path: Path, value: Value): string {
  const term = including(path, value);
  const terms = (termsOf(filter) ?? []).filter((each) => each !== excluding(path, value));
  const place = terms.findIndex((each) => choicesOf(each).every((choice) => isAbout(choice, path)));
  if (place < 0) return patternOf([...terms, term]);
  const choices = choicesOf(terms[place]!);
  const rest = choices.includes(term) ? choices.filter((each) => each !== term) : [...choices, term];
  return patternOf(terms.toSpliced(place, 1, ...(rest.length === 0 ? [] : [choiceOf(rest)])));
}

/** The pattern without events of the value, or with them again. */
export function toggleExcluded(filter: string, path: Path, value: Value): string {
  const term = excluding(path, value);
  if (term === undefined) return filter;
  const included = isIncluded(filter, path, value) ? toggleIncluded(filter, path, value) : filter;
  const terms = termsOf(included) ?? [];
  return patternOf(terms.includes(term) ? terms.filter((each) => each !== term) : [...terms, term]);
}

/** Whether a term asks for a value of the member. */
function isAbout(term: string, path: Path): boolean {
  const place = selector(path);
  return term.startsWith(place) && /^(?: = | IS (?:TRUE|FALSE|NULL)$)/.test(term.slice(place.length));
}
