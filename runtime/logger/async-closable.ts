declare global {
  // As TypeScript's own library and that of Node.js declare it: those that compilers before 5.2 read do not.
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
}

/** Something that `await using` closes at the end of the block. */
export interface AsyncClosable {
  /** Closes it, as its `close()` does. */
  [Symbol.asyncDispose](): Promise<void>;
}
