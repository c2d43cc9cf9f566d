/** The engine's own, where a test puts another in its place. */
const { queueMicrotask } = globalThis;

/**
 * A function that has `work` done once what runs now has ended: however often it is called until then, it is done once. So
 * nothing of it happens on the stack of whoever calls.
 */
export function afterwards(work: () => void): () => void {
  let isDue = false;
  const run = (): void => {
    isDue = false;
    work();
  };
  return () => {
    if (isDue) return;
    queueMicrotask(run);
    isDue = true;
  };
}
