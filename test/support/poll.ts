import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 20;

/** What `look` sees once it sees something; an error that says what was awaited if that takes too long. */
export async function poll<T>(
  awaited: string,
  look: () => T | undefined | Promise<T | undefined>,
  deadlineMs = 20_000,
): Promise<T> {
  const endMs = Date.now() + deadlineMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > endMs) throw new Error(`${awaited} did not happen within ${deadlineMs} ms`);
    await sleep(INTERVAL_MS);
  }
}
