import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';

/** Part of an HTTP answer. */
interface Answer {
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The time at the service, for whom the clock of this machine may be wrong: the header `Date` of its last answer, which has no fraction
 * of a second, and what has passed since. Before the first answer, the time of this machine.
 */
export function serviceClock(client: CloudWatchLogs, now: () => number = Date.now): () => number {
  let aheadMs = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const atMs = Date.parse((result.response as Answer).headers?.['date'] ?? '');
      if (!Number.isNaN(atMs)) aheadMs = offset(atMs - now());
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'serviceClock' },
  );
  return () => now() + aheadMs;
}

/** Less than the two seconds that the missing fraction and the way take is no difference. */
function offset(differenceMs: number): number {
  return Math.abs(differenceMs) < 2_000 ? 0 : differenceMs;
}
