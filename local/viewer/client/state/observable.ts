/** Tells listeners that it has changed. */
export class Observable {
  readonly #listeners = new Set<() => void>();

  /** Calls the listener with each change until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
