/** Each value once, in the order in which they come. */
export function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
