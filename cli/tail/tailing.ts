import { realClock } from '../real-clock.js';
import { callFailure } from '../aws/call-failure.js';
import { isLoopback } from '../../runtime/send/configured-endpoint.js';
import type { Connection } from '../aws/connection.js';
import type { NamedLogGroup } from '../aws/log-groups.js';
import { GroupReading } from './group-reading.js';
import { LiveTail, liveRequest } from './live-tail.js';
import { PatientCaller } from './patient-caller.js';
import { Polling } from './polling.js';
import type { StreamChoice } from './stream-choice.js';
import type { TailOptions } from './tail-options.js';
import type { TailedEvent } from './tailed-event.js';

/** What is shown, and where. */
export interface Tailing {
  readonly connection: Connection;
  readonly groups: readonly NamedLogGroup[];
  readonly streams: StreamChoice;
  readonly options: TailOptions;
  readonly signal: AbortSignal;
  readonly notice: (line: string) => void;
  readonly show: (events: readonly TailedEvent[]) => Promise<void>;
}

export const DEFAULT_SINCE_MS = 600_000;
export const DEFAULT_OVERLAP_MS = 30_000;

/** The service takes five calls of FilterLogEvents a second, of everybody in an account and Region (documented): leaves one to others. */
const SPACING_MS = 250;
/** From here on, a line says how long a round takes. */
const MANY_GROUPS = 20;

/** Polls until somebody ends it; once with `--no-follow` or `--until`. */
export function poll(tailing: Tailing): Promise<void> {
  const { connection, groups, options, signal, notice, show } = tailing;
  // A server on this machine has the quotas that it was started with.
  const spacingMs = isLoopback(connection.endpointUrl) ? 0 : SPACING_MS;
  if (groups.length > MANY_GROUPS && spacingMs > 0)
    notice(
      `${groups.length} log groups: a round takes ${Math.ceil((groups.length * spacingMs) / 1_000)} s or more`,
    );
  return new Polling({
    readings: readingsOf(tailing, spacingMs),
    clock: realClock,
    serviceNow: connection.now,
    follows: options.follow && options.until === undefined,
    intervalMs: options.interval,
    signal,
    notice,
    show,
    failureOf: (error, group) =>
      callFailure(error, { operation: 'FilterLogEvents', logGroupName: group.name, connection }),
  }).run();
}

function readingsOf(tailing: Tailing, spacingMs: number): GroupReading[] {
  const { connection, groups, streams, options, signal, notice } = tailing;
  const caller = new PatientCaller({ clock: realClock, signal, spacingMs, notice });
  const { since: sinceMs = (options.until ?? Date.now()) - DEFAULT_SINCE_MS } = options;
  const { overlap: overlapMs = DEFAULT_OVERLAP_MS, until: untilMs, filter: filterPattern } = options;
  return groups.map((group) => {
    const what = `FilterLogEvents of ${group.name}`;
    return new GroupReading(
      group,
      (request) =>
        caller.call(what, () => connection.client.filterLogEvents(request, { abortSignal: signal })),
      { streams, filterPattern, sinceMs, untilMs, overlapMs },
    );
  });
}

/** Shows what arrives, by Live Tail, until somebody ends it. */
export async function live(tailing: Tailing): Promise<void> {
  const { connection, groups, streams, options, signal, notice, show } = tailing;
  const request = liveRequest(groups, streams, options.filter);
  notice('Live Tail: AWS bills each minute of a session');
  const tail = new LiveTail({ request, open, clock: realClock, signal, notice, show });
  await tail.run().catch((error: unknown) => {
    throw callFailure(error, { operation: 'StartLiveTail', logGroupName: groups[0]?.name, connection });
  });

  async function open() {
    const { responseStream } = await connection.client.startLiveTail(request, { abortSignal: signal });
    return responseStream!;
  }
}
