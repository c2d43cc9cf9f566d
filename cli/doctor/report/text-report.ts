import type { Environment } from '../../../contract/codec.js';
import type { Colour, Paint } from '../../terminal/colours.js';
import type { Kind } from '../codes.js';
import { countOf, type Section } from './examination.js';
import type { Finding } from '../finding.js';

type Marks = Readonly<Record<Kind, string>>;

const SIGNS: Marks = { ok: '✓', note: '!', problem: '✗', skipped: '-' };
const ASCII: Marks = { ok: '+', note: '!', problem: 'x', skipped: '-' };
const COLOURS: Readonly<Record<Kind, Colour>> = {
  ok: 'green',
  note: 'yellow',
  problem: 'red',
  skipped: 'dim',
};

/** Marks that the terminal can show. A container often has no locale at all. */
export function marksFor(env: Environment, platform: NodeJS.Platform = process.platform): Marks {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const isUnicode = /utf-?8/i.test(locale) || platform === 'win32' || platform === 'darwin';
  return isUnicode ? SIGNS : ASCII;
}

/** A line for each finding, and below it what mends it. */
export function sectionText({ name, findings }: Section, paint: Paint, marks: Marks): string {
  if (findings.every(({ kind }) => kind === 'skipped')) return skippedText({ name, findings }, paint);
  return [paint('bold', name), ...findings.flatMap((each) => lines(each, paint, marks)), '', ''].join('\n');
}

/** Nothing was looked for there, in one line. */
function skippedText({ name, findings }: Section, paint: Paint): string {
  return `${paint('dim', `${name}: ${findings.map(({ message }) => message).join('; ')}`)}\n\n`;
}

function lines({ kind, message, fix, statement }: Finding, paint: Paint, marks: Marks): string[] {
  return [
    `  ${paint(COLOURS[kind], marks[kind])} ${kind === 'skipped' ? paint('dim', message) : message}`,
    ...(fix === undefined ? [] : [`      ${paint('cyan', 'fix:')} ${fix}`]),
    ...(statement === undefined ? [] : [`      ${paint('cyan', 'IAM:')} ${JSON.stringify(statement)}`]),
  ];
}

export function summaryText(sections: readonly Section[], paint: Paint): string {
  const problems = countOf(sections, 'problem');
  const notes = countOf(sections, 'note');
  const text = `${counted(problems, 'problem')}, ${counted(notes, 'note')}`;
  return `${paint(problems > 0 ? 'red' : 'green', text)}\n`;
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
}
