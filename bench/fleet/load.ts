import { poisson } from './arrivals.js';
import type { Timeline } from './timeline.js';
import type { Writer } from './writer.js';

export interface LoadParts {
  readonly writer: Writer;
  readonly timeline: Timeline;
  readonly random: () => number;
  readonly fromMs: number;
  readonly untilMs: number;
  /** UTF-8 bytes of a log event's message. */
  readonly bytes: number;
}

/** Events at random moments, so many a second on average. */
export interface SteadyLoad {
  readonly kind: 'steady';
  readonly eventsPerSecond: number;
}

/** As many events as the sink takes: a producer that waits where it should. */
export interface FullLoad {
  readonly kind: 'full';
  readonly eventsPerMs: number;
}

/** Invocations of a function, one after the other: each logs, and flushes before the environment is frozen. */
export interface InvocationLoad {
  readonly kind: 'invocations';
  readonly invocationsPerSecond: number;
  readonly eventsPerInvocation: number;
  readonly workMs: number;
  /** The longest time that an invocation waits for its lines, as `flushMs` of `withLambda`. */
  readonly flushMs: number;
}

export type Load = SteadyLoad | FullLoad | InvocationLoad;

/** @param flushed hears how long a flush took */
export function startLoad(load: Load, parts: LoadParts, flushed: (ms: number) => void): void {
  if (load.kind === 'steady') startSteady(load, parts);
  else if (load.kind === 'full') startFull(load, parts);
  else startInvocations(load, parts, flushed);
}

function startSteady({ eventsPerSecond }: SteadyLoad, parts: LoadParts): void {
  const line = 'x'.repeat(parts.bytes);
  poisson(parts.timeline, { ...parts, perSecond: eventsPerSecond }, () => parts.writer.log(line));
}

function startFull({ eventsPerMs }: FullLoad, { writer, timeline, fromMs, untilMs, bytes }: LoadParts): void {
  const line = 'x'.repeat(bytes);
  const logSome = (): void => {
    for (let left = eventsPerMs; left > 0 && !writer.sink.needsDrain; left--) writer.log(line);
    if (timeline.monotonic() < untilMs) timeline.after(1, logSome);
  };
  timeline.after(fromMs, logSome);
}

function startInvocations(load: InvocationLoad, parts: LoadParts, flushed: (ms: number) => void): void {
  const { writer, timeline } = parts;
  const line = 'x'.repeat(parts.bytes);
  let waiting = 0;
  let isBusy = false;
  const invoke = async (): Promise<void> => {
    isBusy = true;
    writer.thaw();
    for (let left = load.eventsPerInvocation; left > 0; left--) writer.log(line);
    await new Promise<void>((resolve) => timeline.after(load.workMs, resolve));
    const sinceMs = timeline.monotonic();
    await writer.sink.flush({ deadlineMs: load.flushMs, leftover: 'divert' });
    flushed(timeline.monotonic() - sinceMs);
    isBusy = false;
    if (waiting-- > 0) void invoke();
    else {
      waiting = 0;
      writer.freeze();
    }
  };
  poisson(timeline, { ...parts, perSecond: load.invocationsPerSecond }, () => {
    if (isBusy) waiting++;
    else void invoke();
  });
}
