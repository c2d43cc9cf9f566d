import { LEVELS, type Level } from '../../contract/levels.js';
import type { Loss } from '../ack/losses.js';
import { levelRank } from '../filter/level-gate.js';
import type { FinishedLine } from '../log-record.js';

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

export type Frame = FinishedLine | Request | LossBefore;

const KINDS = { l: 'line', d: 'dropped', f: 'flush', c: 'close', x: 'exit' } as const;
const HEAD = /([ldfcx])([^,;]*),([^,;]*),(\d+);/y;

/**
 * How a line travels: a letter, its time, the rank of its level, its length in UTF-16 units, then the line itself. The
 * length makes a line break, or any other character in it, a character like all others.
 */
export function encodeLine(line: FinishedLine): Buffer {
  return Buffer.from(lineHead(line) + line.line);
}

/** Bytes that a line takes on its way. */
export function frameBytes(line: FinishedLine): number {
  return lineHead(line).length + Buffer.byteLength(line.line);
}

function lineHead({ timeMs, level, line }: FinishedLine): string {
  return `l${timeMs},${levelRank[level]},${line.length};`;
}

export function encodeLoss(loss: Loss): Buffer {
  const text = JSON.stringify(loss);
  return Buffer.from(`d0,0,${text.length};${text}`);
}

export function encodeRequest({ kind, id, deadlineMs }: Request): Buffer {
  return Buffer.from(`${kind === 'exit' ? 'x' : kind.charAt(0)}${id},${deadlineMs},0;`);
}

/** Puts the frames together again, wherever the text was cut on its way. */
export class FrameReader {
  #rest = '';

  /** The frames that are complete with this text. */
  take(text: string): Frame[] {
    const all = this.#rest + text;
    const frames: Frame[] = [];
    let at = 0;
    for (let head = headAt(all, at); head; head = headAt(all, at)) {
      const start = at + head[0].length;
      const end = start + Number(head[4]);
      if (end > all.length) break;
      frames.push(frameOf(head, all.slice(start, end)));
      at = end;
    }
    this.#rest = all.slice(at);
    return frames;
  }
}

function headAt(text: string, at: number): RegExpExecArray | null {
  HEAD.lastIndex = at;
  return HEAD.exec(text);
}

function frameOf([, letter, first, second]: RegExpExecArray, line: string): Frame {
  const kind = KINDS[letter as keyof typeof KINDS];
  if (kind === 'dropped') return { loss: JSON.parse(line) as Loss };
  if (kind !== 'line') return { kind, id: Number(first), deadlineMs: Number(second) };
  return { timeMs: Number(first), level: levelOf(Number(second)), line };
}

function levelOf(rank: number): Level {
  return LEVELS[rank] ?? 'info';
}
