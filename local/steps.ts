/** Work that yields after each piece of it, so that whoever wants its result can let others have their turns between two pieces. */
export type Steps<Result> = Generator<void, Result, void>;

/** Does all of the work at once. */
export function allOf<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
