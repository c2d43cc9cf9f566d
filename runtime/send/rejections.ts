/** `rejectedLogEventsInfo` of a PutLogEvents answer: positions in the events as they were sent. */
export interface RejectedLogEventsInfo {
  /** Exclusive end of the events older than the service takes. */
  readonly tooOldLogEventEndIndex?: number | undefined;
  /** Exclusive end of the events older than the log group keeps. */
  readonly expiredLogEventEndIndex?: number | undefined;
  /** Inclusive start of the events too far in the future. */
  readonly tooNewLogEventStartIndex?: number | undefined;
}

/** `rejectedEntityInfo` of a PutLogEvents answer: why the service does not take the entity. It has taken the call. */
export interface RejectedEntityInfo {
  readonly errorType?: string | undefined;
}

/** A run of events that the service discarded: `[start, end)`. */
export interface RejectedRange {
  readonly reason: 'tooOld' | 'expired' | 'tooNew';
  readonly start: number;
  readonly end: number;
}

/** The ranges of a call of `count` events; none where nothing was discarded. They never overlap. */
export function rejectedRanges(info: RejectedLogEventsInfo | undefined, count: number): RejectedRange[] {
  const clamp = (index: number | undefined, otherwise: number): number =>
    Math.min(Math.max(index ?? otherwise, 0), count);
  const tooOldEnd = clamp(info?.tooOldLogEventEndIndex, 0);
  const expiredEnd = Math.max(clamp(info?.expiredLogEventEndIndex, 0), tooOldEnd);
  const tooNewStart = Math.max(clamp(info?.tooNewLogEventStartIndex, count), expiredEnd);
  const ranges: RejectedRange[] = [
    { reason: 'tooOld', start: 0, end: tooOldEnd },
    { reason: 'expired', start: tooOldEnd, end: expiredEnd },
    { reason: 'tooNew', start: tooNewStart, end: count },
  ];
  return ranges.filter(({ start, end }) => end > start);
}
