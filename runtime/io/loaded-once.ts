/** What is loaded with its first use, and anew if that failed: what it needs may be there later. */
export class LoadedOnce<Value> {
  readonly #load: () => Promise<Value>;
  #begun: Promise<Value> | undefined;

  constructor(load: () => Promise<Value>) {
    this.#load = load;
  }

  get(): Promise<Value> {
    this.#begun ??= this.#load().catch((error: unknown) => {
      this.#begun = undefined;
      throw error;
    });
    return this.#begun;
  }

  /** Loads it now. Whoever uses it hears of a failure. */
  begin(): void {
    void this.get().catch(() => undefined);
  }

  /** Ends it if it was loaded. */
  end(close: (value: Value) => void): void {
    void this.#begun?.then(close).catch(() => undefined);
  }
}
