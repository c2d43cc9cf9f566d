/** What was looked for, or why it is not there. */
export type Outcome<Value> = { readonly value: Value } | { readonly error: Error };

export async function outcomeOf<Value>(work: () => Promise<Value> | Value): Promise<Outcome<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}
