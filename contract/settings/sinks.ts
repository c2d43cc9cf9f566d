import { choice, flag, text } from '../kinds.js';
import { optional, withDefault, type Rows } from './setting.js';
import { level } from './sink-level.js';

export const stdoutJsonSettings = { level } satisfies Rows;

export const stderrJsonSettings = { level } satisfies Rows;

export const stdoutPrettySettings = {
  level,
  colour: withDefault({
    field: 'COLOUR',
    kind: choice(['auto', 'always', 'never']),
    default: 'auto',
    meaning: 'Colours: on a terminal, always or never.',
  }),
} satisfies Rows;

export const fileSettings = {
  level,
  path: optional({
    field: 'PATH',
    kind: text('the path of a file', () => true),
    otherwise: 'required by the sink `file`',
    meaning: 'File to which lines are appended.',
  }),
  makeDirectory: withDefault({
    field: 'MAKE_DIRECTORY',
    kind: flag(),
    default: true,
    meaning: 'Create the directory of the file if it is missing.',
  }),
} satisfies Rows;
