import { cellsOf, endingCells } from './ending-cells.js';
import { subjectNames } from './subject.js';

const isWhole = process.env['SUBJECTS'] === undefined;

/** The library of a subject, and how its adapter hangs on it: `pino-stream-10` is of `pino-stream`. */
const kindOf = (subject: string): string => subject.replace(/-\d+(-\w+)?$|-raw$/, '');

(isWhole ? test : test.skip).each(endingCells.map(([name]) => name))(
  '%s: played by three kinds of subjects at least',
  (name) => {
    const players = subjectNames.filter((subject) =>
      cellsOf(subject, subjectNames).some(([played]) => played === name),
    );

    expect(new Set(players.map(kindOf)).size).toBeGreaterThanOrEqual(3);
  },
);

(isWhole ? test : test.skip).each([...subjectNames])(
  '%s plays a third of the endings at least',
  (subject) => {
    expect(cellsOf(subject, subjectNames).length).toBeGreaterThanOrEqual(endingCells.length / 3);
  },
);
