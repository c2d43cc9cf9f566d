import * as fc from 'fast-check';
import type { GivenSettings } from '../../contract/codec.js';
import type { Kind } from '../../contract/kinds.js';
import {
  EXTERNAL_ID_RULE,
  LOG_GROUP_NAME_RULE,
  LOG_STREAM_NAME_RULE,
  LOG_STREAM_PREFIX_RULE,
  ROLE_ARN_RULE,
} from '../../contract/names.js';
import { LEVELS } from '../../contract/levels.js';
import { codePoint } from './code-point.js';
import { sections, type SectionName } from '../../contract/sections.js';
import type { Rows, Setting } from '../../contract/settings/setting.js';

export type Row = Setting<any, any, any>;

/** A row of the table with its names, as tests iterate over them. */
export interface NamedRow {
  readonly section: SectionName;
  readonly key: string;
  readonly row: Row;
}

export const namedRows: readonly NamedRow[] = (Object.keys(sections) as SectionName[]).flatMap((section) =>
  Object.entries(sections[section].rows as Rows).map(([key, row]) => ({ section, key, row })),
);

/** Test titles for the rows: `describe.each(rowsByName)('%s', (_, named) => …)`. */
export const rowsByName: readonly (readonly [string, NamedRow])[] = namedRows.map((named) => [
  `${named.section}.${named.key}`,
  named,
]);

const groupCharacters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/.#'.split('');

const logGroupNames = fc
  .string({ unit: fc.constantFrom(...groupCharacters), minLength: 1, maxLength: 512 })
  .filter((name) => !name.startsWith('aws/'));

/** A name of white space alone is left out: it cannot be written in a variable, where blank means absent. */
const logStreamNames = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 100 })
  .map((name) => name.replaceAll(/[:*]/g, '-'))
  .filter((name) => name.trim() !== '' && name.length <= 512);

const sinkNames = fc.uniqueArray(
  fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => name !== '' && name === name.trim()),
  { minLength: 1 },
);

const notBlank = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '');

const namespaces = fc
  .stringMatching(/^[A-Za-z0-9._/#-][A-Za-z0-9 ._/#:-]{0,200}$/)
  .map((name) => name.trimEnd())
  .filter((name) => !name.startsWith('AWS/'));

const urlUnit = fc.oneof(
  fc.constantFrom(...'abyzAZ09-._~!$&()*+,;=:@'.split('')),
  codePoint.map((character) => encodeURIComponent(character)),
);

/** As `fc.webUrl`, which takes the characters that it escapes from fast-check's own `binary`. */
const urls = fc
  .tuple(
    fc.constantFrom('http', 'https'),
    fc.webAuthority({ withPort: true }),
    fc.array(fc.string({ unit: urlUnit })),
    fc.option(fc.string({ unit: urlUnit })),
  )
  .map(
    ([scheme, authority, segments, query]) =>
      `${scheme}://${authority}${segments.map((segment) => `/${segment}`).join('')}${query === null ? '' : `?${query}`}`,
  );

type ValuesFor = (match: RegExpExecArray) => fc.Arbitrary<unknown>;

const words = (list: string): string[] => list.split(', ');

function range([, min, max]: RegExpExecArray): { min: number; max: number } {
  return { min: Number(min), max: max === undefined ? Number.MAX_SAFE_INTEGER : Number(max) };
}

/** What a row allows, by the sentence in which it says so: ranges and words come from that sentence. */
const valuesByRule: readonly (readonly [RegExp, ValuesFor])[] = [
  [/^1 to 255 letters, digits, spaces and /, () => namespaces],
  [/^an integer (?:from|of at least) (\d+)(?: to (\d+))?$/, (match) => fc.integer(range(match))],
  [/^seconds from ([\d.]+) to (\d+), /, (match) => fc.double({ ...range(match), noNaN: true })],
  [/^bytes from (\d+) to (\d+), /, (match) => fc.integer(range(match))],
  [/^one of ([\d, ]+)$/, ([, list]) => fc.constantFrom(...words(list!).map(Number))],
  [
    /^one of ([a-z_, ]+?)(?: \(also [a-z, ]+\))?, in any case$/,
    ([, list]) => fc.constantFrom(...words(list!)),
  ],
  [
    /^a number (?:from|of at least) ([\d.]+)(?: to ([\d.]+))?$/,
    ([, min, max = '1000000']) =>
      fc.double({ min: Number(min), max: Number(max), noNaN: true }).map((value) => value + 0),
  ],
  [/^true or false/, () => fc.boolean()],
  [/^(any text that is not blank|the path of a (file|directory))$/, () => notBlank],
  [/^the path of a field, /, () => fc.stringMatching(/^[a-zA-Z]{1,9}(\.[a-zA-Z]{1,9}){0,3}$/)],
  [
    /^JSON such as /,
    () => fc.array(fc.record({ levels: fc.subarray([...LEVELS], { minLength: 1 }), sinks: sinkNames })),
  ],
  [/^a list of different names, /, () => sinkNames],
  [/^a list of names out of ([a-z_, ]+), each once$/, ([, list]) => fc.subarray(words(list!))],
  [exactly(LOG_GROUP_NAME_RULE), () => logGroupNames],
  [exactly(LOG_STREAM_NAME_RULE), () => logStreamNames],
  [exactly(LOG_STREAM_PREFIX_RULE), () => logStreamNames.filter((name) => name.length <= 256)],
  [
    exactly(ROLE_ARN_RULE),
    () => fc.stringMatching(/^arn:aws(-cn)?:iam::\d{12}:role\/([a-z]{1,9}\/){0,2}[\w+=,.@-]{1,64}$/),
  ],
  [exactly(EXTERNAL_ID_RULE), () => fc.stringMatching(/^[\w+=,.@:/-]{2,1224}$/)],
  [/^the name of an AWS Region, /, () => fc.stringMatching(/^[a-z]{2}(-[a-z]{1,9}){1,3}-\d{1,2}$/)],
  [/^an http or https URL, /, () => urls],
];

function exactly(sentence: string): RegExp {
  return new RegExp(`^${sentence.replaceAll(/[/.#"*+?()[\]{}|\\^$]/g, String.raw`\$&`)}$`);
}

/** Values that a kind allows. A kind that nobody described here is an error, so that no new row goes untested. */
export function valuesOf(kind: Kind<any, any>): fc.Arbitrary<unknown> {
  for (const [rule, values] of valuesByRule) {
    const match = rule.exec(kind.allowed);
    if (match) return values(match);
  }
  throw new Error(`no values are known for what is "${kind.allowed}"; describe them in setting-values.ts`);
}

/** Settings of all sections, each of them given or not. */
export function givenSettings(): fc.Arbitrary<Required<GivenSettings>> {
  const bySection = Object.entries(sections).map(([name, { rows }]) => [name, givenValues(rows)]);
  return fc.record(Object.fromEntries(bySection)) as fc.Arbitrary<Required<GivenSettings>>;
}

function givenValues(rows: Rows): fc.Arbitrary<unknown> {
  const byKey = Object.entries(rows).map(([key, row]) => [key, valuesOf(row.kind)]);
  return fc.record(Object.fromEntries(byKey), { requiredKeys: [] });
}
