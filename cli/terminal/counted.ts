/** A number as people write it: `1,234`. */
export function inDigits(count: number): string {
  return count.toLocaleString('en-US');
}

/** How many there are of a thing, such as `1 line` or `2 lines`. */
export function counted(count: number, noun: string): string {
  return `${inDigits(count)} ${noun}${count === 1 ? '' : 's'}`;
}
