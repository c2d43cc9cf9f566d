import { bytes, choice, decimal, type Kind } from '../../contract/kinds.js';
import type { Level } from '../../contract/levels.js';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { MAX_HELD_CHARACTERS } from '../plugins/held-records.js';
import { asMapping } from '../settings/document.js';
import { unknownOptions } from '../settings/unknown-options.js';

/** Levels of lines that may wait. Errors never do. */
const BUFFER_LEVELS = ['trace', 'debug', 'info', 'warn'] as const;

const DEFAULT_BUFFER_BYTES = 20_480;

/** Options of {@link withContext}, and of the wrapper of a Lambda handler. */
export interface ContextOptions {
  /**
   * Lines from this level on, which their logger leaves out, wait until a line at `error` or `fatal` is logged in the scope, or its work
   * fails; then they are logged first, with their own times. If the work succeeds, they are left out, and counted in `filtered` under
   * `buffer`. Of a logger that logs this level anyway, lines up to this level wait.
   *
   * @default - none wait
   */
  readonly bufferLevel?: (typeof BUFFER_LEVELS)[number] | undefined;
  /**
   * The room for lines that wait, as a number or text such as `20 KB`, counted in characters of the lines. Where there is no more, the
   * oldest ones are left out, and if the others are logged after all, one line says how many.
   *
   * @default 20480
   */
  readonly bufferBytes?: number | string | undefined;
  /**
   * The share of scopes, from 0 to 1, in which all lines from `bufferLevel` on are logged at once, from `debug` on without one. It is
   * decided when the scope begins.
   *
   * @default - that of the scope around it is kept; 0 without one
   */
  readonly sampleRate?: number | undefined;
}

const kinds = {
  bufferLevel: choice(BUFFER_LEVELS, { warning: 'warn' }),
  bufferBytes: bytes(1, MAX_HELD_CHARACTERS),
  sampleRate: decimal(0, 1),
};

const KNOWN = Object.keys(kinds) as (keyof ContextOptions)[];

/** Options that have been read. */
export interface ContextRules {
  readonly bufferLevel?: Level | undefined;
  readonly bufferCharacters: number;
  readonly sampleRate?: number | undefined;
}

/**
 * Reads the options of a context. Options of others may be among them.
 *
 * @param of the call that takes them
 * @throws SettingsError naming every option that is malformed. It is an error of the program, and not of a log call.
 */
export function readContextOptions(options: ContextOptions, of: string): ContextRules {
  const bufferLevel = kinds.bufferLevel.read(options.bufferLevel);
  const bufferBytes = kinds.bufferBytes.read(options.bufferBytes);
  const sampleRate = kinds.sampleRate.read(options.sampleRate);
  const read = { bufferLevel, bufferBytes, sampleRate };
  for (const key of KNOWN) {
    if (options[key] !== undefined && read[key] === undefined) assertNoProblems(contextProblems(options, of));
  }
  return { bufferLevel, bufferCharacters: bufferBytes ?? DEFAULT_BUFFER_BYTES, sampleRate };
}

/** What is wrong with the values of the options, for a call that takes others as well. */
export function contextProblems(options: ContextOptions, of: string): Problem[] {
  return KNOWN.flatMap((key) => {
    const value: unknown = options[key];
    const kind: Pick<Kind<unknown>, 'allowed' | 'hint' | 'read'> = kinds[key];
    if (value === undefined || kind.read(value) !== undefined) return [];
    return [{ where: `${of}: options.${key}`, value, allowed: kind.allowed + (kind.hint?.(value) ?? '') }];
  });
}

/** What is wrong with options that are those of a context only. */
export function soleContextProblems(options: unknown, of: string): Problem[] {
  const mapping = asMapping(options);
  const allowed = 'options such as { bufferLevel: "debug" }';
  if (!mapping) return [{ where: `${of}: options`, value: options, allowed }];
  return [...unknownOptions(of, mapping, KNOWN), ...contextProblems(mapping, of)];
}
