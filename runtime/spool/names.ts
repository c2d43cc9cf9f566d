import { targetKey, type Target } from '../batch/target.js';
import { requireLate } from '../io/late-modules.cjs';
import { crc32 } from '../../contract/crc32.js';
import type { Owner } from '../../contract/owner.js';

/** The mark of a directory: while it has an owner, and once it has been left to whoever comes. */
export const OWNED = 'owner.json';
export const LEFT = 'left.json';

/** First character of a directory that is being made, or taken apart. */
export const HIDDEN = '.';

/** Until the year 2286. */
const TIME_DIGITS = 13;
const MAX_TIME = 10 ** TIME_DIGITS - 1;

const OF_A_PROCESS = /^\.?[\w.-]+-\d+-[\da-f]{8}$/;
const REMOVED = /^\.removed-[\da-f]{8}$/;
const SEGMENT = /^\d{13}-\d{6,}-[\da-f]{8}-[\da-f]{8}\.segment$/;
const TAG = /-([\da-f]{8})\.segment$/;

export const isNameOfProcess = (name: string): boolean => OF_A_PROCESS.test(name);
export const isNameOfRemoved = (name: string): boolean => REMOVED.test(name);
export const isNameOfSegment = (name: string): boolean => SEGMENT.test(name);

/** The directory of a process; no two have the same. */
export function processName({ host, pid }: Owner): string {
  return `${host.replaceAll(/[^\w.-]/g, '-')}-${pid}-${randomDigits()}`;
}

/** A directory that is being taken apart, inside that of whoever does it. */
export function removedName(): string {
  return `${HIDDEN}removed-${randomDigits()}`;
}

/** Names of segments sort by age, whatever the clock says. The tag stands last. */
export function segmentName(nowMs: number, number: number, tag: string): string {
  const time = String(Math.min(Math.max(0, Math.trunc(nowMs)), MAX_TIME)).padStart(TIME_DIGITS, '0');
  return `${time}-${String(number).padStart(6, '0')}-${randomDigits()}-${tag}.segment`;
}

/** Says where the events of a segment go, so that it need not be opened to know whether its turn may come. */
export function tagOf(target: Target): string {
  return crc32(Buffer.from(targetKey(target)))
    .toString(16)
    .padStart(8, '0');
}

export function tagIn(name: string): string {
  return TAG.exec(name)?.[1] ?? '';
}

/** When a segment was begun, in milliseconds since the epoch. */
export function timeIn(name: string): number {
  return Number.parseInt(name, 10);
}

/** So that two processes, or threads, never take one name. */
function randomDigits(): string {
  return requireLate('node:crypto').randomBytes(4).toString('hex');
}
