/**
 * What Python's fapilog makes of a setting, in the form in which the construct writes the variable. Source: fapilog 0.18.1, its
 * settings.py, its filters and sinks. Bundles of the runtime leave these marks out.
 */
export interface PythonReading<Output> {
  /**
   * `reads`: name and range are ours. `ignores`: nothing is lost by that. `differs`: it reads another name or range. `harms`: it
   * ignores the setting, or fails because of it, and the user loses what the setting is for.
   */
  readonly mark: 'reads' | 'ignores' | 'differs' | 'harms';
  /** Its default, where that is not ours. */
  readonly default?: string;
  /** The end of the variable's name that it reads instead. */
  readonly field?: string;
  /** What is different, as the end of a sentence that begins with “Python’s fapilog”. */
  readonly difference?: string;
  /** What goes wrong, as the end of a sentence that begins with “Python’s fapilog”. */
  readonly harm?: string;
  /** Whether this value does the harm, beside those of its section. @default - every value does */
  readonly isHarmful?: (value: Output, section: Readonly<Record<string, unknown>>) => boolean;
}

type Details<Output> = Omit<PythonReading<Output>, 'mark'>;

/** Python's fapilog reads the variable by this name, and its values mean the same. */
export function reads(
  details: Pick<Details<unknown>, 'default' | 'difference'> = {},
): PythonReading<unknown> {
  return { mark: 'reads', ...details };
}

/** Python's fapilog ignores the variable, and nothing is lost by that. */
export const ignores: PythonReading<unknown> = { mark: 'ignores' };

/** Python's fapilog reads another name or range. */
export function differs<Output>(
  details: Details<Output> & { readonly difference: string },
): PythonReading<Output> {
  return { mark: 'differs', ...details };
}

/** The user loses what the setting is for. */
export function harms<Output>(
  harm: string,
  isHarmful?: PythonReading<Output>['isHarmful'],
): PythonReading<Output> {
  return { mark: 'harms', harm, ...(isHarmful && { isHarmful }) };
}
