/** A placeholder as `util.format` and pino know it. `%c` is none: what it swallows would be lost. */
const PLACEHOLDER = /%[sdifjoO%]/g;

/** Those that want text or a number, not an object. */
const SCALAR = /%[sdif]/;

/** What the placeholders of a text take, and what is left for the line. */
export interface Shares {
  readonly taken: readonly unknown[];
  readonly left: readonly unknown[];
}

/**
 * Shares out the values behind a text. Where there are more of them than placeholders, objects stay for the line: the last
 * ones first, then those that stand where a text or a number is wanted.
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
 * The text with values in place of its placeholders; those without a value stay, and `%%` is a percent sign.
 *
 * @param textOf a value as text
 * @param jsonOf a value as JSON
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

/** A number as the placeholder wants it; what is none stays as it is. */
function numberText(placeholder: string, value: unknown): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const number = placeholder === '%i' ? Math.trunc(Number(value)) : Number(value);
  return Number.isNaN(number) ? undefined : String(number);
}
