import type { StartLiveTailCommandInput, StartLiveTailResponseStream } from '@aws-sdk/client-cloudwatch-logs';
import type { Clock } from '../../runtime/io/clock.js';
import { answerOf, reasonOf } from '../aws/call-failure.js';
import type { NamedLogGroup } from '../aws/log-groups.js';
import { Failure } from '../failure.js';
import { abortOf } from '../terminal/ending.js';
import { updatesOf } from './live-session.js';
import { isPassing, repeatDelayMs } from './patient-caller.js';
import type { StreamChoice } from './stream-choice.js';
import type { TailedEvent } from './tailed-event.js';
import { wait } from './wait.js';

export interface LiveTailOptions {
  readonly request: StartLiveTailCommandInput;
  readonly open: (request: StartLiveTailCommandInput) => Promise<AsyncIterable<StartLiveTailResponseStream>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly notice: (line: string) => void;
  readonly show: (events: readonly TailedEvent[]) => Promise<void>;
}

/** Log groups of a session (documented). */
const MOST_GROUPS = 10;
/** Events of an update; the service leaves out others (documented). */
const MOST_EVENTS = 500;
/** How often a line says that events are left out. */
const SAMPLED_NOTICE_MS = 10_000;

/**
 * What a session is asked for.
 *
 * @throws Failure if the service has no such session
 */
export function liveRequest(
  groups: readonly NamedLogGroup[],
  { names, prefix }: StreamChoice,
  filterPattern: string | undefined,
): StartLiveTailCommandInput {
  if (groups.length > MOST_GROUPS)
    throw new Failure(
      `--live shows up to ${MOST_GROUPS} log groups, not ${groups.length}. Name fewer, or leave out --live.`,
    );
  if (groups.length > 1 && (names ?? prefix) !== undefined)
    throw new Failure('--live with --stream takes one log group. Name one, or leave out --live.');
  return {
    logGroupIdentifiers: groups.map(arnOf),
    ...(names !== undefined && { logStreamNames: [...names] }),
    ...(prefix !== undefined && { logStreamNamePrefixes: [prefix] }),
    ...(filterPattern !== undefined && { logEventFilterPattern: filterPattern }),
  };
}

function arnOf({ name, arn }: NamedLogGroup): string {
  if (arn !== undefined) return arn;
  throw new Failure(
    `--live needs the ARN of ${name}, and you may not list log groups. Give the ARN instead of the name, or allow logs:DescribeLogGroups.`,
  );
}

/** Shows what sessions of Live Tail send. A session that ends is followed by another one. */
export class LiveTail {
  readonly #options: LiveTailOptions;
  #failures = 0;
  #sampledUpdates = 0;
  #sampledSaidAtMs = -Infinity;

  constructor(options: LiveTailOptions) {
    this.#options = options;
  }

  /** Throws what another session does not mend. */
  async run(): Promise<void> {
    const { clock, signal } = this.#options;
    const isOver = abortOf(signal);
    while (!signal.aborted) {
      const delayMs = await Promise.race([this.#session(), isOver]).then(
        () => this.#ended(),
        (error: unknown) => this.#failed(error),
      );
      await wait(clock, delayMs, signal);
    }
  }

  async #session(): Promise<void> {
    const { open, request, show, signal } = this.#options;
    for await (const { events, isSampled } of updatesOf(await open(request))) {
      this.#failures = 0;
      this.#noteSampled(isSampled);
      if (events.length > 0) await show(events);
      if (signal.aborted) return;
    }
  }

  #ended(): number {
    const { notice, signal } = this.#options;
    if (!signal.aborted)
      notice('Live Tail ended the session; a new one begins. Events in between are not shown.');
    return repeatDelayMs(undefined, this.#failures++);
  }

  /** The delay before another session. */
  #failed(error: unknown): number {
    const { notice, signal } = this.#options;
    if (signal.aborted) return 0;
    if (!(error instanceof Error)) throw error;
    if (reasonOf(error) === 'SessionTimeoutException') {
      notice(
        'Live Tail ends a session after three hours; a new one begins. Events in between are not shown.',
      );
      return 0;
    }
    if (!isPassing(error) && reasonOf(error) !== 'SessionStreamingException') throw error;
    const delayMs = repeatDelayMs(error, this.#failures++);
    notice(
      `Live Tail: ${answerOf(error)}; a new session in ${delayMs / 1_000} s. Events until then are not shown.`,
    );
    return delayMs;
  }

  /** Updates come each second, so that what is counted is said in the end. */
  #noteSampled(isSampled: boolean): void {
    const { clock, notice } = this.#options;
    if (isSampled) this.#sampledUpdates += 1;
    if (this.#sampledUpdates === 0) return;
    if (clock.monotonic() - this.#sampledSaidAtMs < SAMPLED_NOTICE_MS) return;
    const seconds = this.#sampledUpdates === 1 ? 'a second' : `${this.#sampledUpdates} seconds`;
    notice(
      `Live Tail left out events in ${seconds}: it sends ${MOST_EVENTS} a second at most. Narrow it by --filter or --stream.`,
    );
    this.#sampledSaidAtMs = clock.monotonic();
    this.#sampledUpdates = 0;
  }
}
