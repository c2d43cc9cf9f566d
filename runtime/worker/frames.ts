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
const HEAD = /^([edfcx])([^,;]*),([^,;]*),([^,;]*);/;

/** Ends each frame: no JSON has one in it. */
const LINE_FEED = 0x0a;

/**
 * How an event travels: a letter, its time, the rank of its level, the bytes that the service counts for it, then the event as
 * it stands in a request body. The frame's memory is its own.
 */
export function encodeEvent({ timestamp, rank, bytes, encoded, encodedBytes }: LogEvent): Buffer {
  const head = `e${timestamp},${rank},${bytes};`;
  const frame = Buffer.allocUnsafe(head.length + encodedBytes + 1);
  const start = frame.write(head, 'latin1');
  encoded.copy(frame, start, 0, encodedBytes);
  frame[start + encodedBytes] = LINE_FEED;
  return frame;
}

export function encodeLoss(loss: Loss): Buffer {
  return Buffer.from(`d0,0,0;${JSON.stringify(loss)}\n`);
}

export function encodeRequest({ kind, id, deadlineMs }: Request): Buffer {
  return Buffer.from(`${kind === 'exit' ? 'x' : kind.charAt(0)}${id},${deadlineMs},0;\n`);
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
  const [head = '', letter, first, second, third] = HEAD.exec(line) ?? [];
  const rest = line.slice(head.length);
  if (letter === 'e') return eventOf(head, rest, Number(first), Number(second), Number(third));
  if (letter === 'd') return { loss: JSON.parse(rest) as Loss };
  return { kind: KINDS[letter as keyof typeof KINDS], id: Number(first), deadlineMs: Number(second) };
}

function eventOf(head: string, text: string, timestamp: number, rank: number, bytes: number): EventOnItsWay {
  const encoded = Buffer.from(text);
  const { length: encodedBytes } = encoded;
  return {
    event: { timestamp, rank, bytes, encoded, encodedBytes },
    frameBytes: head.length + encodedBytes + 1,
  };
}
