import type { FaultRow } from '../../answers.js';
import { Observable } from '../state/observable.js';
import { urlOf } from '../state/server.js';

/** A fault that can be switched on, and what it does to a call. */
interface FaultKind {
  readonly kind: string;
  readonly label: string;
  readonly meaning: string;
}

export const FAULTS: readonly FaultKind[] = [
  { kind: 'throttle', label: 'Throttle', meaning: 'ThrottlingException: rate exceeded' },
  { kind: 'unavailable', label: 'Unavailable', meaning: '503 ServiceUnavailableException' },
  { kind: 'internal', label: 'Internal failure', meaning: '500 InternalFailure' },
  { kind: 'delay', label: 'Delay', meaning: 'The answer comes late' },
  { kind: 'hang', label: 'No answer', meaning: 'The call hangs; nothing is stored' },
  { kind: 'resetBefore', label: 'Reset before', meaning: 'The connection breaks before anything is stored' },
  { kind: 'resetAfter', label: 'Reset after', meaning: 'The events are stored, then the connection breaks' },
  {
    kind: 'cutBody',
    label: 'Half an answer',
    meaning: 'The events are stored, and half of the JSON comes back',
  },
  { kind: 'accessDenied', label: 'Access denied', meaning: 'No policy allows the call' },
  { kind: 'expiredCredentials', label: 'Expired token', meaning: 'The credentials have expired' },
  { kind: 'missing', label: 'Missing stream', meaning: 'As if the log stream had just been deleted' },
  { kind: 'rejectAll', label: 'Reject events', meaning: 'Accepted, and every event is discarded as too old' },
  { kind: 'refuseGzip', label: 'Refuse gzip', meaning: 'Compressed calls are refused' },
  { kind: 'tooLarge', label: 'Too large', meaning: '413 for every body' },
];

/** To which calls the faults happen. */
export interface FaultScope {
  readonly operation: string;
  readonly probability: number;
  readonly delayMs: number;
}

/** The faults of the server that this page has switched on. */
export class FaultSwitches extends Observable {
  #rows: readonly FaultRow[] = [];
  #scope: FaultScope = { operation: 'PutLogEvents', probability: 1, delayMs: 1_000 };
  #error = '';

  get scope(): FaultScope {
    return this.#scope;
  }

  /** What the server said to the last change, if it refused it. */
  get error(): string {
    return this.#error;
  }

  isOn(kind: string): boolean {
    return this.#rows.some((row) => row.kind === kind);
  }

  get areAnyOn(): boolean {
    return this.#rows.length > 0;
  }

  /** Learns which are on already. */
  async load(): Promise<void> {
    await this.#ask({});
    const [row] = this.#rows;
    const delayMs = this.#rows.find((each) => each.delayMs !== undefined)?.delayMs;
    if (row) this.#scope = { ...this.#scope, operation: row.operation, probability: row.probability };
    if (delayMs !== undefined) this.#scope = { ...this.#scope, delayMs };
    this.changed();
  }

  async toggle(kind: string): Promise<void> {
    const kinds = this.#kinds();
    await this.#put(this.isOn(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind]);
  }

  async clear(): Promise<void> {
    await this.#put([]);
  }

  /** Changes the scope of those that are on, too. */
  async setScope(scope: Partial<FaultScope>): Promise<void> {
    this.#scope = { ...this.#scope, ...scope };
    await this.#put(this.#kinds());
  }

  #kinds(): string[] {
    return this.#rows.map(({ kind }) => kind);
  }

  async #put(kinds: readonly string[]): Promise<void> {
    const { operation, probability, delayMs } = this.#scope;
    const rows = kinds.map((kind) => ({
      kind,
      operation,
      probability,
      ...(kind === 'delay' && { delayMs }),
    }));
    const headers = { 'Content-Type': 'application/json' };
    await this.#ask({ method: 'PUT', headers, body: JSON.stringify(rows) });
  }

  async #ask(request: RequestInit): Promise<void> {
    try {
      const response = await fetch(urlOf('faults'), request);
      const answer: unknown = await response.json();
      if (response.ok) this.#rows = answer as FaultRow[];
      this.#error = response.ok ? '' : (answer as { error: string }).error;
    } catch {
      this.#error = 'The server does not answer.';
    }
    this.changed();
  }
}
