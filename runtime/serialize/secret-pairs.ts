/** An item of a list that could be the name of the next item. */
const LIKE_A_NAME = /^\s*\S{1,64}\s*$/;

/** Names of the two members of a pair, such as `{ name, value }`. */
const NAMES_OF_NAMES = /^(?:name|key|field|header|k|id|0)$/i;
const NAMES_OF_VALUES = /^(?:values?|val|content|v|1)$/i;

/** Whether a member of this name may hold the name in a pair, such as `{ name: 'cookie', value: 'x' }`. */
export function holdsName(name: string): boolean {
  return NAMES_OF_NAMES.test(name);
}

/** Whether a member of this name may hold the value in a pair. */
export function holdsValue(name: string): boolean {
  return NAMES_OF_VALUES.test(name);
}

/** Whether this could be the name in a pair, and is sensitive. */
export function isSecretName(name: unknown, isSensitive: (name: string) => boolean): boolean {
  return typeof name === 'string' && LIKE_A_NAME.test(name) && isSensitive(name);
}
