/* oxlint-disable no-control-regex -- it is about control characters. */

/** A piece of text in one look. */
export interface Span {
  readonly text: string;
  /** Names of classes, such as `ansi-1` for red and `bold`. */
  readonly classes: readonly string[];
  /** A colour beyond the sixteen that have a class, as CSS has it. */
  readonly colour?: string | undefined;
}

interface Look {
  readonly colour?: string | undefined;
  readonly background?: string | undefined;
  readonly rgb?: string | undefined;
  readonly marks: readonly string[];
}

const PLAIN: Look = { marks: [] };
const MARKS: Readonly<Record<number, string>> = {
  1: 'bold',
  2: 'dim',
  3: 'italic',
  4: 'underline',
  7: 'inverse',
  9: 'strike',
};
const ENDS: Readonly<Record<number, readonly string[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  29: ['strike'],
};

// Sequences that set colours, other sequences of terminals (links and titles among them), and a lone escape character.
const SEQUENCE =
  /\u001b\[([\d;:]*)m|\u001b\[[\d;:?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[@-Z\\^_]?/g;

/** Whether the text has sequences for terminals. */
export function hasAnsi(text: string): boolean {
  return text.includes('\u001b');
}

/** The text without sequences for terminals. */
export function withoutAnsi(text: string): string {
  return hasAnsi(text) ? text.replaceAll(SEQUENCE, '') : text;
}

/** The text in pieces, each in the look that sequences for terminals give it. */
export function ansiSpans(text: string): Span[] {
  if (!hasAnsi(text)) return [{ text, classes: [] }];
  const spans: Span[] = [];
  let [look, start] = [PLAIN, 0];
  for (const match of text.matchAll(SEQUENCE)) {
    if (match.index > start) spans.push(spanOf(text.slice(start, match.index), look));
    if (match[1] !== undefined) look = applied(look, match[1]);
    start = match.index + match[0].length;
  }
  return start < text.length ? [...spans, spanOf(text.slice(start), look)] : spans;
}

function spanOf(text: string, { colour, background, rgb, marks }: Look): Span {
  const classes = [colour, background, ...marks].filter((each) => each !== undefined);
  return { text, classes, ...(rgb !== undefined && { colour: rgb }) };
}

function applied(look: Look, parameters: string): Look {
  const codes = parameters.split(/[;:]/).map(Number);
  let changed = look;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at]!;
    if (code === 38 || code === 48) {
      const [rgb, used] = extended(codes.slice(at + 1));
      if (code === 38 && rgb !== undefined) changed = { ...changed, ...rgb };
      at += used;
    } else changed = withCode(changed, code);
  }
  return changed;
}

function withCode(look: Look, code: number): Look {
  if (code === 0) return PLAIN;
  if (code >= 30 && code <= 37) return { ...look, colour: `ansi-${code - 30}`, rgb: undefined };
  if (code >= 90 && code <= 97) return { ...look, colour: `ansi-${code - 82}`, rgb: undefined };
  if (code >= 40 && code <= 47) return { ...look, background: `ansi-on-${code - 40}` };
  if (code >= 100 && code <= 107) return { ...look, background: `ansi-on-${code - 92}` };
  if (code === 39) return { ...look, colour: undefined, rgb: undefined };
  if (code === 49) return { ...look, background: undefined };
  const mark = MARKS[code];
  if (mark !== undefined) return { ...look, marks: [...look.marks.filter((each) => each !== mark), mark] };
  const ended = ENDS[code];
  return ended ? { ...look, marks: look.marks.filter((each) => !ended.includes(each)) } : look;
}

/** A colour of 256 or of 16 million, and how many numbers describe it. */
function extended([kind, ...rest]: readonly number[]): readonly [Partial<Look> | undefined, number] {
  if (kind === 5 && rest[0] !== undefined) return [paletteColour(rest[0]), 2];
  const [red, green, blue] = rest;
  if (kind !== 2 || blue === undefined) return [undefined, rest.length + 1];
  return [{ colour: undefined, rgb: `rgb(${red} ${green} ${blue})` }, 4];
}

/** Of 256: sixteen by name, a cube of six times six times six, and greys. */
function paletteColour(index: number): Partial<Look> {
  if (index < 16) return { colour: `ansi-${index}`, rgb: undefined };
  if (index >= 232) return { colour: undefined, rgb: grey(8 + (index - 232) * 10) };
  const cube = index - 16;
  const [red, green, blue] = [Math.trunc(cube / 36), Math.trunc(cube / 6) % 6, cube % 6].map((level) =>
    level === 0 ? 0 : 55 + level * 40,
  );
  return { colour: undefined, rgb: `rgb(${red} ${green} ${blue})` };
}

function grey(level: number): string {
  return `rgb(${level} ${level} ${level})`;
}
