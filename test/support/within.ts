import { runInNewContext } from 'node:vm';

/** What synchronous work returns. Work that takes longer is stopped and an error is thrown: a hang is a failure. */
export function within<Result>(timeoutMs: number, work: () => Result): Result {
  return runInNewContext('work()', { work }, { timeout: timeoutMs }) as Result;
}
