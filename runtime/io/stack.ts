/** As many arguments take 32 KiB of the stack. */
const ARGUMENTS = new Array<undefined>(4_096).fill(undefined);

const nothing = (): void => undefined;

/**
 * Checks that so much of the stack is free that what comes next cannot be interrupted half done: a log call can come from a
 * program that has used up its stack.
 *
 * @throws RangeError if it is not.
 */
export function needStack(): void {
  Reflect.apply(nothing, undefined, ARGUMENTS);
}
