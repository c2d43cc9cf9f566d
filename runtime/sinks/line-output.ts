/** Where a {@link LineSink} writes. Whoever implements it settles every line it takes, in order. */
export interface LineOutput {
  /** Lines that are not settled. */
  readonly lines: number;
  /** Bytes of memory that they take. */
  readonly bytes: number;
  /** Whether, after {@link LineOutput.end}, nothing is left to do. */
  readonly isEnded: boolean;
  /** Takes a line, its line break included. Never throws and never waits. */
  write(line: string): void;
  /** Somebody waits for what was taken so far. @default - every line is on its way from the start */
  flush?(): void;
  /** No more lines come: lets go of what it holds once all are settled. @default - it holds nothing but lines */
  end?(): void;
  /**
   * The process ends: settles everything before it returns.
   *
   * @param untilMs how long it may wait for whoever reads, by the monotonic clock
   */
  writeSync(untilMs: number): void;
  /** Lets go at once. Returns how many lines were not settled; the caller settles them. */
  abandon(): number;
}

/** What became of the next lines: taken, or, with an error, lost. */
export type Settle = (lines: number, error?: unknown) => void;
