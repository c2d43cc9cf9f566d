/** A log event that is shown. */
export interface TailedEvent {
  readonly logGroup: string;
  readonly logStream: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly ingestionTime: number | undefined;
  /** `undefined` of Live Tail, which sends none. */
  readonly eventId: string | undefined;
  readonly message: string;
}
