/** How much of the stack is asked for, by as many arguments of eight bytes. */
const sizes = {
  /** For a regular expression: V8 ends the process if the stack is full while it compiles one. 4 KiB, in a sixth of a microsecond. */
  aMatch: argumentsOf(512),
  /** For the slow path of a record, whose values may be nested. 8 KiB. */
  aRecord: argumentsOf(1_024),
  /** For a change in several steps, which may write to disk. 32 KiB. */
  aChange: argumentsOf(4_096),
  /** For lines that have waited, each of which is a record that makes a change. 128 KiB. */
  aStory: argumentsOf(16_384),
};

function argumentsOf(count: number): readonly undefined[] {
  return Array<undefined>(count).fill(undefined);
}

const nothing = (): void => undefined;

/**
 * Checks that so much of the stack is free that what comes next is not interrupted half done. A log call can come from a program that
 * has used up its stack.
 *
 * @throws RangeError if it is not.
 */
export function needStack(purpose: keyof typeof sizes): void {
  Reflect.apply(nothing, undefined, sizes[purpose]);
}

/** Whether so much of the stack is free. */
export function hasStack(purpose: keyof typeof sizes): boolean {
  try {
    needStack(purpose);
    return true;
  } catch {
    return false;
  }
}
