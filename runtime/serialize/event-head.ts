import type { Level } from '../../contract/levels.js';
import { eventHead, timestampOf } from '../batch/log-event.js';
import { EscapedJson } from './escaped-writer.js';
import { isoTime } from './line.js';

/** From the second second on, a time has three digits for the milliseconds; up to the year 9999, it is a date for certain. */
const FIRST_MS = 1_000;
const LAST_MS = 253_402_300_799_999;

const SECOND_MS = 1_000;
const DIGITS = 3;
const ZERO = 0x30;

/**
 * All of an event that stands before its message, for one level. Within a second, only the digits of the milliseconds change: the
 * levels take turns, so that each has its own.
 */
export class EventHead {
  readonly #level: Level;
  #timeMs = NaN;
  /** When the second began; NaN if more than the digits may change. */
  #secondMs = NaN;
  /** Where the milliseconds stand in the frame, and in the line. */
  #inFrame = 0;
  #inLine = 0;
  json = new EscapedJson(Buffer.alloc(0), 0);
  /** The time as the service takes it. */
  timestamp = 0;
  /** Bytes before the line. */
  frameBytes = 0;

  constructor(level: Level) {
    this.#level = level;
  }

  moveTo(timeMs: number): void {
    if (timeMs === this.#timeMs) return;
    const ms = timeMs - this.#secondMs;
    if (!(ms >= 0 && ms < SECOND_MS && Number.isInteger(ms))) return this.#make(timeMs);
    // Until both are set, the bytes are those of no time.
    this.#timeMs = NaN;
    const { bytes } = this.json;
    setDigits(bytes, this.#inFrame, ms);
    setDigits(bytes, this.#inLine, ms);
    this.timestamp = timeMs;
    this.#timeMs = timeMs;
  }

  #make(timeMs: number): void {
    const timestamp = timestampOf(timeMs);
    const frame = eventHead(timestamp);
    const line = EscapedJson.of(`{"timestamp":"${isoTime(timeMs)}","level":"${this.#level}","message":`);
    const json = new EscapedJson(Buffer.concat([frame, line.bytes]), line.added);
    const secondMs = isUsual(timeMs) ? timeMs - (timeMs % SECOND_MS) : NaN;
    const inFrame = frame.indexOf(',') - DIGITS;
    const inLine = frame.length + line.bytes.indexOf('Z') - DIGITS;
    // From here on, no function is called, so that nothing can throw between two of the steps.
    this.#timeMs = timeMs;
    this.#secondMs = secondMs;
    this.#inFrame = inFrame;
    this.#inLine = inLine;
    this.json = json;
    this.timestamp = timestamp;
    this.frameBytes = frame.length;
  }
}

/** Overwrites three digits. */
function setDigits(bytes: Buffer, at: number, number: number): void {
  bytes[at] = ZERO + Math.trunc(number / 100);
  bytes[at + 1] = ZERO + (Math.trunc(number / 10) % 10);
  bytes[at + 2] = ZERO + (number % 10);
}

function isUsual(timeMs: number): boolean {
  return Number.isInteger(timeMs) && timeMs >= FIRST_MS && timeMs <= LAST_MS;
}
