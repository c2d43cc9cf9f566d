/** A log event as a query sees it. */
export interface QueriedEvent {
  readonly timestamp: number;
  readonly message: string;
  readonly ingestionTime: number;
  readonly logStream: string;
  /** Account and name of the log group: `123456789012:/myapp`. */
  readonly log: string;
  /** Pointer to the event: its id. */
  readonly ptr: string;
}
