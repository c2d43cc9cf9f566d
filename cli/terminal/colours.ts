/** A stream that may be a terminal. */
interface Stream {
  readonly isTTY?: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;

export type Colour = keyof typeof CODES;

/** Paints a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

/** Colours for a terminal. `NO_COLOR` turns them off wherever they are; `FORCE_COLOR` turns them on, unless it is 0. */
export function paintFor(stream: Stream, env: Environment): Paint {
  return hasColours(stream, env) ? (colour, text) => `\u001b[${CODES[colour]}m${text}\u001b[0m` : plain;
}

function hasColours({ isTTY = false }: Stream, env: Environment): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '') return env['FORCE_COLOR'] !== '0';
  return isTTY && env['TERM'] !== 'dumb';
}

function plain(_: Colour, text: string): string {
  return text;
}
