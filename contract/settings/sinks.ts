import { choice, flag, text } from '../kinds.js';
import { harms, ignores } from './python-reading.js';
import { optional, withDefault, type Rows } from './setting.js';
import { level } from './sink-level.js';

export const stdoutJsonSettings = {
  level: {
    ...level,
    python: harms('does not load its sink `stdout_json` then'),
  },
} satisfies Rows;

/** Python's fapilog has no such sink. */
const levelOfOurs = {
  ...level,
  python: ignores,
};

export const stderrJsonSettings = { level: levelOfOurs } satisfies Rows;

export const stdoutPrettySettings = {
  level,
  colour: withDefault({
    field: 'COLOUR',
    kind: choice(['auto', 'always', 'never']),
    default: 'auto',
    meaning: 'Colours: on a terminal, always or never.',
    python: ignores,
  }),
} satisfies Rows;

export const fileSettings = {
  level: levelOfOurs,
  path: optional({
    field: 'PATH',
    kind: text('the path of a file', () => true),
    otherwise: 'required by the sink `file`',
    meaning: 'File to which lines are appended.',
    python: ignores,
  }),
  makeDirectory: withDefault({
    field: 'MAKE_DIRECTORY',
    kind: flag(),
    default: true,
    meaning: 'Create the directory of the file if it is missing.',
    python: ignores,
  }),
} satisfies Rows;
