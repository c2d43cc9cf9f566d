import { systemClock } from '../io/clock.js';
import { afterLoopTime } from '../io/loop-timer.js';
import { monotonicMs } from '../io/real-timers.js';
import { CredentialsError } from './credentials-error.js';

/** What signs a call. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** @default - they do not expire */
  readonly expiration?: Date;
}

/** Finds credentials where they are now, without a memory of its own. `properties` are what the SDK says of the call. */
export type CredentialSource = (properties?: Readonly<Record<string, unknown>>) => Promise<Credentials>;

interface Held {
  readonly credentials: Credentials;
  /** When others are asked for, while these are still used. */
  readonly renewAtMs: number;
  readonly expiresAtMs: number;
}

/** Credentials are renewed this long before they expire, or after half of their life if they live shorter. */
const RENEWAL_MS = 300_000;

/** How long credentials are used that have expired on arrival. Then a clock is wrong, and the service has to decide. */
const DOUBTFUL_MS = 60_000;

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;
const MAX_DOUBLINGS = 6;

/**
 * The credentials of a client. The SDK would keep those without an expiration for ever, and ask for others with every call
 * in the five minutes before an expiration. Here the source is asked once for all calls: before the credentials expire,
 * and when the service refuses them, twice at once and then with pauses that grow to eight seconds.
 */
export class HeldCredentials {
  readonly #source: CredentialSource;
  readonly #patienceMs: number;
  readonly #monotonicMs: () => number;
  #held: Held | undefined;
  #isRefused = false;
  #failure: unknown;
  #renewal: { readonly done: Promise<void>; readonly awaitedUntilMs: number } | undefined;
  /** Times that the source was asked since the service last took a call. */
  #attempts = 0;
  #unanswered = 0;
  #pausedUntilMs = -Infinity;

  /** @param patienceMs time after which a source that does not answer is asked again; it doubles while earlier answers are out */
  constructor(source: CredentialSource, patienceMs: number, clock = monotonicMs) {
    this.#source = source;
    this.#patienceMs = patienceMs;
    this.#monotonicMs = clock;
  }

  /**
   * For the SDK. It asks with every call, because the answer says that it expires now.
   *
   * @throws whatever the source threw last, if there are no credentials
   */
  readonly provide: CredentialSource = async (properties) => {
    const isUsable = this.#held !== undefined && !this.#isRefused && Date.now() < this.#held.expiresAtMs;
    if (!isUsable) await this.#inTime(this.#renew(properties));
    // In the background: they are good for some time yet.
    else if (Date.now() >= this.#held!.renewAtMs) void this.#renew(properties);
    if (!this.#held) throw this.#failure;
    return { ...this.#held.credentials, expiration: new Date() };
  };

  /** The service has taken a call. This says nothing of a source that fails while older credentials are still used. */
  accepted(): void {
    if (this.#failure !== undefined) return;
    this.#attempts = 0;
    this.#pausedUntilMs = -Infinity;
  }

  /** The service has refused a call that these credentials signed. Those that are held may be others by now. */
  refused(accessKeyId: string | undefined): void {
    if (accessKeyId === this.#held?.credentials.accessKeyId) this.#isRefused = true;
  }

  /**
   * Rejects after half of the patience. The SDK lets all calls wait for one promise: as long as it is pending, it asks no
   * more, and a source that never answers once would stop delivery for ever.
   */
  async #inTime(renewal: Promise<void>): Promise<void> {
    const waitMs = this.#patienceMs / 2;
    await new Promise<void>((resolve, reject) => {
      const timer = afterLoopTime(systemClock, waitMs, () => reject(unanswered(waitMs)));
      void renewal.then(resolve, reject).finally(() => timer.cancel());
    });
  }

  #renew(properties: Parameters<CredentialSource>[0]): Promise<void> {
    const nowMs = this.#monotonicMs();
    if (this.#renewal && nowMs < this.#renewal.awaitedUntilMs) return this.#renewal.done;
    if (nowMs < this.#pausedUntilMs) return Promise.resolve();
    // A source that hangs, a process perhaps, hangs again: few of them must pile up.
    const patienceMs = this.#patienceMs * 2 ** Math.min(this.#unanswered++, MAX_DOUBLINGS);
    this.#attempts++;
    const renewal = { done: this.#ask(properties), awaitedUntilMs: nowMs + patienceMs };
    this.#renewal = renewal;
    return renewal.done.finally(() => {
      this.#unanswered--;
      if (this.#renewal === renewal) this.#renewal = undefined;
      this.#pausedUntilMs = this.#monotonicMs() + pauseMs(this.#attempts);
    });
  }

  async #ask(properties: Parameters<CredentialSource>[0]): Promise<void> {
    try {
      this.#held = held(await this.#source(properties));
      this.#isRefused = false;
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error;
      if (this.#isRefused || Date.now() >= (this.#held?.expiresAtMs ?? 0)) this.#held = undefined;
    }
  }
}

function unanswered(waitedMs: number): Error {
  const cause = Object.assign(new Error(`no answer within ${waitedMs} ms`), { name: 'TimeoutError' });
  return new CredentialsError(cause);
}

function pauseMs(attempts: number): number {
  return attempts < 2 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 2));
}

function held(credentials: Credentials): Held {
  const nowMs = Date.now();
  const expiresAtMs = credentials.expiration?.getTime() ?? Infinity;
  const lifeMs = expiresAtMs - nowMs;
  if (!(lifeMs > 0)) return { credentials, renewAtMs: nowMs + DOUBTFUL_MS, expiresAtMs: Infinity };
  return { credentials, renewAtMs: expiresAtMs - Math.min(RENEWAL_MS, lifeMs / 2), expiresAtMs };
}
