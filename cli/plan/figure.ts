import { inDigits } from '../terminal/counted.js';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3_600;
const DIGITS = 3;
/** From here on, three digits are whole numbers. */
const WHOLE = 100;
const CENT = 0.01;

/** A number as people read it: whole from a hundred on, three digits below. */
export function figure(number: number): string {
  if (Math.abs(number) >= WHOLE) return inDigits(Math.round(number));
  return String(Number(number.toPrecision(DIGITS)));
}

/** How many there are of a thing, such as `1 call` or `0.5 calls`. */
export function figured(number: number, noun: string): string {
  const digits = figure(number);
  return `${digits} ${noun}${digits === '1' ? '' : 's'}`;
}

export function percentage(share: number): string {
  return `${figure(share * 100)}%`;
}

/** Bytes in the decimal unit that leaves the fewest digits. */
export function byteFigure(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1_000 && unit < UNITS.length - 1) {
    amount /= 1_000;
    unit += 1;
  }
  return `${figure(amount)} ${UNITS[unit]}`;
}

/** A duration in seconds, or from two minutes on in minutes, and from two hours on in hours. */
export function durationFigure(seconds: number): string {
  if (seconds < 2 * MINUTE_SECONDS) return `${figure(seconds)} s`;
  if (seconds < 2 * HOUR_SECONDS) return `${figure(seconds / MINUTE_SECONDS)} minutes`;
  return `${figure(seconds / HOUR_SECONDS)} hours`;
}

/** Whole dollars from a hundred on, and cents below. */
export function dollarFigure(dollars: number): string {
  if (dollars >= WHOLE) return `$${inDigits(Math.round(dollars))}`;
  return dollars > 0 && dollars < CENT ? `less than $${CENT}` : `$${dollars.toFixed(2)}`;
}

/** A price, with cents, or with all decimals that it has. */
export function priceFigure(dollars: number): string {
  const cents = dollars.toFixed(2);
  return `$${Number(cents) === dollars ? cents : dollars}`;
}
