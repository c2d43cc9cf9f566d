/** A placeholder of `util.format` and pino. `%c` is none here, because its value would be lost. */
const PLACEHOLDER = /%[sdifjoO%]/g;

/** Placeholders for a text or a number. */
const SCALAR = /%[sdif]/;

/** The values behind a text, divided. */
export interface Shares {
  /** In the order of the placeholders that they fill. */
  readonly taken: readonly unknown[];
  /** Not taken by a placeholder. */
  readonly left: readonly unknown[];
}

/**
 * Divides the values behind a text. If there are more values than placeholders, objects are left for the line: first the last
 * ones, then those in place of a text or a number.
 */
export function sharesOf(
  template: string,
  values: readonly unknown[],
  isObject: (value: unknown) => boolean,
): Shares {
  const wanted = (template.match(PLACEHOLDER) ?? []).filter((each) => each !== '%%');
  if (!values.some(isObject))
    return { taken: values.slice(0, wanted.length), left: values.slice(wanted.length) };
  const queue = [...values];
  const last: unknown[] = [];
  while (queue.length > wanted.length && isObject(queue.at(-1))) last.unshift(queue.pop());
  const skipped: unknown[] = [];
  const taken: unknown[] = [];
  for (const [index, placeholder] of wanted.entries()) {
    const isSpare = (): boolean => queue.length > wanted.length - index;
    while (SCALAR.test(placeholder) && isSpare() && isObject(queue[0])) skipped.push(queue.shift());
    if (queue.length > 0) taken.push(queue.shift());
  }
  return { taken, left: [...skipped, ...queue, ...last] };
}

/**
 * Fills the placeholders of a text with values. Placeholders without a value stay, and `%%` becomes a percent sign.
 *
 * @param textOf makes a text of a value
 * @param jsonOf makes JSON of a value
 */
export function filledIn(
  template: string,
  values: readonly unknown[],
  textOf: (value: unknown) => string,
  jsonOf: (value: unknown) => string,
): string {
  let next = 0;
  return template.replaceAll(PLACEHOLDER, (placeholder) => {
    if (placeholder === '%%') return '%';
    if (next === values.length) return placeholder;
    const value = values[next++];
    if (/%[joO]/.test(placeholder)) return jsonOf(value);
    return placeholder === '%s' ? textOf(value) : (numberText(placeholder, value) ?? textOf(value));
  });
}

/** A number for `%d`, `%i` or `%f`; `undefined` for a value that is none. */
function numberText(placeholder: string, value: unknown): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const number = placeholder === '%i' ? Math.trunc(Number(value)) : Number(value);
  return Number.isNaN(number) ? undefined : String(number);
}
