/** Computing with decimal fractions may miss a whole number by less than this. */
const ROUNDING = 1e-9;

/** The next whole number, or the number itself where only computing made it more than whole. */
export function wholeUp(number: number): number {
  return Math.ceil(number - ROUNDING);
}
