import type { Loss } from '../ack/losses.js';
import type { LogEvent } from '../batch/log-event.js';

/** What the application's thread asks the worker to do, after everything it has sent before. */
export interface Request {
  /**
   * `flush`: settle, within the deadline. `close`: that, and divert the rest. `exit`: that, and give up waiting for a
   * close that has more time.
   */
  readonly kind: 'flush' | 'close' | 'exit';
  readonly id: number;
  /** Infinite for no limit. */
  readonly deadlineMs: number;
}

/** Lines that were lost before the worker, to be told of in the stream together with what is lost there. */
export interface LossBefore {
  readonly loss: Loss;
}

/** An event, and the bytes that it took on its way. */
export interface EventOnItsWay {
  readonly event: LogEvent;
  readonly frameBytes: number;
}

export type Frame = EventOnItsWay | Request | LossBefore;

const KINDS = { f: 'flush', c: 'close', x: 'exit' } as const;
const REQUEST = /^([fcx])(\d+),(\d+|Infinity);$/;

/** Ends each frame: no JSON has one in it. */
const LINE_FEED = 0x0a;

const SEMICOLON = 0x3b;
const ZERO = 0x30;
const EVENT = 'e'.charCodeAt(0);
const LOSS = 'd';

/** The letter, the rank, the semicolon and the line feed. */
const FRAME_BYTES = 4;

/** Before the time in an event. */
const TIME_AT = '{"timestamp":'.length;

/** Bytes that an event takes on its way. */
export function frameBytes({ bytes, encodedBytes }: LogEvent): number {
  return FRAME_BYTES + digitsOf(bytes) + encodedBytes;
}

/**
 * Writes an event as it travels: a letter, the rank of its level, the bytes that the service counts for it, then the event as it
 * stands in a request body. Returns where the frame ends.
 */
export function writeFrame(event: LogEvent, target: Buffer, start: number): number {
  const { rank, bytes, encoded, encodedBytes } = event;
  const digits = digitsOf(bytes);
  target[start] = EVENT;
  target[start + 1] = ZERO + rank;
  for (let at = start + 1 + digits, rest = bytes; at > start + 1; at--, rest = (rest / 10) | 0) {
    target[at] = ZERO + (rest % 10);
  }
  const body = start + FRAME_BYTES - 1 + digits;
  target[body - 1] = SEMICOLON;
  encoded.copy(target, body, 0, encodedBytes);
  target[body + encodedBytes] = LINE_FEED;
  return body + encodedBytes + 1;
}

function digitsOf(count: number): number {
  let digits = 1;
  for (let bound = 10; bound <= count; bound *= 10) digits++;
  return digits;
}

export function encodeLoss(loss: Loss): Buffer {
  return Buffer.from(`${LOSS}${JSON.stringify(loss)}\n`);
}

export function encodeRequest({ kind, id, deadlineMs }: Request): Buffer {
  return Buffer.from(`${kind === 'exit' ? 'x' : kind.charAt(0)}${id},${deadlineMs};\n`);
}

/** Puts the frames together again, wherever the text was cut on its way. */
export class FrameReader {
  #rest = '';

  /** The frames that are complete with this text. */
  take(text: string): Frame[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map(frameOf);
  }
}

function frameOf(line: string): Frame {
  if (line.charCodeAt(0) === EVENT) return eventOf(line);
  if (line.startsWith(LOSS)) return { loss: JSON.parse(line.slice(1)) as Loss };
  const [, letter, id, deadlineMs] = REQUEST.exec(line) ?? [];
  return { kind: KINDS[letter as keyof typeof KINDS], id: Number(id), deadlineMs: Number(deadlineMs) };
}

function eventOf(line: string): EventOnItsWay {
  const body = line.indexOf(';') + 1;
  const time = body + TIME_AT;
  const encoded = Buffer.from(line.slice(body));
  const event = {
    timestamp: Number(line.slice(time, line.indexOf(',', time))),
    rank: line.charCodeAt(1) - ZERO,
    bytes: Number(line.slice(2, body - 1)),
    encoded,
    encodedBytes: encoded.length,
  };
  return { event, frameBytes: frameBytes(event) };
}
