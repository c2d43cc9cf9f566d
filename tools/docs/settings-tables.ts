import { variableName } from '../../contract/codec.js';
import { filePath, sections, type Section, type SectionName } from '../../contract/sections.js';
import type { PythonReading } from '../../contract/settings/python-reading.js';
import { codeLines, markdownTable } from './markdown-table.js';

/** The settings that most applications set. */
const COMMON: readonly (readonly [section: SectionName, key: string])[] = [
  ['cloudwatch', 'logGroupName'],
  ['cloudwatch', 'logStreamName'],
  ['cloudwatch', 'region'],
  ['core', 'logLevel'],
  ['core', 'sinks'],
  ['cloudwatch', 'batchTimeoutSeconds'],
  ['cloudwatch', 'spoolDir'],
  ['cloudwatch', 'endpointUrl'],
];

/** The settings that most applications set, without what each allows. */
export function commonSettingsTable(): string {
  const rows = COMMON.map(([name, key]) => {
    const [variable = '', code = '', preset = '', , meaning = ''] = cellsOf(sections[name], key);
    return [variable, code, preset, meaning];
  });
  return markdownTable(['variable', 'in code', 'default', 'meaning'], rows);
}

/** A table for each section of the contract, with a row for each setting. */
export function settingsTables(): string {
  return Object.values<Section>(sections).map(sectionText).join('\n\n');
}

function sectionText(section: Section): string {
  const rows = Object.keys(section.rows).map((key) => cellsOf(section, key));
  const table = markdownTable(
    ['variable', 'in code', 'default', 'allowed', 'meaning', 'Python’s fapilog'],
    rows,
  );
  return `### \`${filePath(section).join('.')}\`\n\n${introduction(section)}\n\n${table}`;
}

function introduction(section: Section): string {
  const { meaning, path, prefixes } = section;
  const [, ...others] = prefixes.map((prefix) => `\`${prefix}…\``);
  const place = path.join('.');
  return [
    meaning,
    ...(place === filePath(section).join('.') ? [] : [`In code: \`${place}\`.`]),
    ...(others.length > 0 ? [`Longer form of the variables: ${others.join(', ')}.`] : []),
  ].join(' ');
}

function cellsOf(section: Section, key: string): string[] {
  const { kind, default: preset, otherwise, meaning } = section.rows[key]!;
  const absent = preset === undefined ? (otherwise ?? '') : codeLines(kind.encode(preset));
  return [
    codeLines(variableName(section, key)),
    codeLines(key),
    absent,
    kind.allowed,
    meaning,
    pythonCell(section.rows[key]!.python),
  ];
}

const MARKS = {
  reads: 'reads it',
  ignores: 'ignores it',
  differs: '',
  harms: '',
} satisfies Record<PythonReading<unknown>['mark'], string>;

/** What Python's fapilog makes of the setting, harm last. */
function pythonCell({ mark, difference, default: preset, harm }: PythonReading<unknown>): string {
  return [
    MARKS[mark],
    difference,
    preset === undefined ? undefined : `default: ${preset}`,
    harm === undefined ? undefined : `**harm:** ${harm}`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('; ');
}
