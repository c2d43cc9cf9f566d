import { allCircumstances, type Circumstances } from '../exit/circumstances.js';
import { endings, type Ending } from '../exit/endings.js';

/** One ending of a subject: its name, the ending, and what surrounds it. */
export type EndingCell = readonly [name: string, ending: Ending, circumstances: Circumstances];

const inProcess = allCircumstances.filter(({ mode }) => mode.name === 'in process');
const [up] = inProcess.filter(({ spool, service }) => spool.name === 'none' && service === 'up');
const [spooling] = inProcess.filter(({ spool, service }) => spool.name !== 'none' && service === 'down');

/** Each ending of the exit table while the service is up, and two while it is down and a spool is there. */
export const endingCells: readonly EndingCell[] = [
  ...endings.map((ending) => [ending.name, ending, up!] as const),
  ...endings
    .filter(({ program }) => program === 'just-ends.mjs' || program === 'calls-exit.mjs')
    .filter(({ isStderrClosed }) => !isStderrClosed)
    .map((ending) => [`${ending.name}; service down, with a spool`, ending, spooling!] as const),
];

/** Each library has its own way to keep lines back in these: buffers, threads, listeners. The others differ by our code only. */
const OF_EVERY_SUBJECT: readonly string[] = [
  'has nothing more to do',
  '`process.exit(0)`',
  '`process.exit(3)` in the middle of a burst',
  '`process.exit(0)`, and its own `exit` listener logs on',
  'an exception that nobody catches',
  'SIGTERM',
  '`process.exit(0)`; service down, with a spool',
];

/** Subjects that stand beside each other by name are of one library, so that every fifth is of another. */
const STRIDE = 5;

/**
 * The endings that a subject plays: those of every subject, and its share of the others. Of fifteen subjects, three of different
 * libraries play each.
 */
export function cellsOf(subject: string, subjects: readonly string[]): readonly EndingCell[] {
  const place = subjects.indexOf(subject);
  const others = endingCells.filter(([name]) => !OF_EVERY_SUBJECT.includes(name));
  return endingCells.filter(
    (cell) => OF_EVERY_SUBJECT.includes(cell[0]) || (others.indexOf(cell) + place) % STRIDE === 0,
  );
}
