/** Counts by kind, of what `process.getActiveResourcesInfo()` names. */
export type Handles = Readonly<Record<string, number>>;

/** The account of the sink, as far as it is judged. */
export interface Account {
  readonly accepted: number;
  readonly delivered: number;
  readonly rejected: { readonly total: number };
  readonly spooled: number;
  readonly diverted: { readonly total: number };
  readonly dropped: { readonly total: number };
  readonly pending: number;
}

/** What the program says of itself, when it is asked and at its end. */
export interface Sample {
  readonly kind: 'sample' | 'end';
  readonly logged: number;
  readonly account: Account;
  readonly rssBytes: number;
  /** After a collection of garbage. */
  readonly heapBytes: number;
  /** File descriptors; undefined where the system does not list them. */
  readonly files: number | undefined;
  readonly handles: Handles;
  /** How late the event loop was since the sample before, in milliseconds. */
  readonly lateMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** At the start, before there was a logger; only in the last one. */
  readonly before?: { readonly files: number | undefined; readonly handles: Handles };
}
