import type { inspect } from 'node:util';
import type { Environment } from '../../contract/codec.js';
import type { ValuesOf } from '../../contract/sections.js';
import { requireLate } from '../io/late-modules.cjs';

/** Text in a style of `util.inspect.colors`, or as it is. */
export type Paint = (style: Style, text: string) => string;

export type Style = 'blue' | 'cyan' | 'gray' | 'green' | 'magenta' | 'red' | 'yellow';

export type ColourMode = ValuesOf<'stdoutPretty'>['colour'];

/** Colours for a stream, or none. */
export function paintFor(mode: ColourMode, isTty: boolean, env: Environment = process.env): Paint {
  const isColoured = mode === 'auto' ? suitsColours(isTty, env) : mode === 'always';
  return isColoured ? painted : (_style, text) => text;
}

/** As Node itself decides: `FORCE_COLOR` over `NO_COLOR` (https://no-color.org) over what the stream is. */
function suitsColours(isTty: boolean, env: Environment): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused, TERM: terminal } = env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTty && !refused && terminal !== 'dumb';
}

type StyleText = (style: Style, text: string, options?: { readonly validateStream: boolean }) => string;

interface Util {
  readonly inspect: typeof inspect;
  readonly styleText?: StyleText;
}

/** Node.js has `styleText` since 20.12. Later versions look at standard output themselves, unless `validateStream` is off. */
function painted(style: Style, text: string): string {
  const { inspect, styleText } = requireLate('node:util') as Util;
  if (styleText) return styleText(style, text, { validateStream: false });
  const [on, off] = inspect.colors[style] ?? [0, 0];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}
