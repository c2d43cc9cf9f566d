import { runInNewContext } from 'node:vm';

/** A hang takes forever, and what is slow by the length of a long text minutes; a busy machine takes seconds for what is quick. */
const PATIENCE_MS = 20_000;

/** What synchronous work returns. Work that takes longer is stopped and an error is thrown: a hang is a failure. */
export function within<Result>(work: () => Result): Result {
  return runInNewContext('work()', { work }, { timeout: PATIENCE_MS }) as Result;
}
