import { messagesOf, targetOf } from './calls.js';
import type { Call, Encoding } from './protocol.js';
import type { RejectedLogEventsInfo } from './rejections.js';

/** What a fault may look at. */
export interface FaultCall {
  readonly operation: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly messages: readonly string[];
  readonly encoding: Encoding;
  readonly accessKeyId: string;
}

/** Which calls a fault hits. */
export interface FaultScope {
  /** Default: `PutLogEvents`; `*` is any. */
  readonly operation?: string | undefined;
  /** How many calls it hits. Default: 1; Infinity for `demandSequenceToken`, `refuseGzip` and `poison`. */
  readonly times?: number | undefined;
  /** How many matching calls pass first. Default: 0. */
  readonly skip?: number | undefined;
  /** Chance from 0 to 1 that a matching call is hit. Default: 1. */
  readonly probability?: number | undefined;
  readonly when?: ((call: FaultCall) => boolean) | undefined;
}

export type FaultKind =
  /** 400 ThrottlingException, "Rate exceeded". */
  | { readonly kind: 'throttle'; readonly retryAfterSeconds?: number | undefined }
  /** Any refusal; `members` are added to its body. */
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly errorName: string;
      readonly message: string;
      readonly members?: Readonly<Record<string, unknown>> | undefined;
    }
  /** 503 ServiceUnavailableException. */
  | { readonly kind: 'unavailable' }
  /** 500 InternalFailure. */
  | { readonly kind: 'internal' }
  | { readonly kind: 'accessDenied' }
  | { readonly kind: 'expiredCredentials' }
  /** Waits, then goes on as ever, even if the caller has left. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** Never answers, stores nothing. */
  | { readonly kind: 'hang' }
  /** Destroys the connection, stores nothing. */
  | { readonly kind: 'resetBefore' }
  /** Stores, then destroys the connection: whoever repeats the call makes a duplicate. */
  | { readonly kind: 'resetAfter' }
  /** 200 without `x-amzn-RequestId`, as a proxy answers; stores only if told so. */
  | { readonly kind: 'noRequestId'; readonly stored?: boolean | undefined }
  /** Stores, then answers 200 with half of the JSON. */
  | { readonly kind: 'cutBody' }
  /** 200, with every event discarded. Default reason: `tooOld`. */
  | { readonly kind: 'rejectAll'; readonly reason?: 'tooOld' | 'expired' | 'tooNew' | undefined }
  /** 200, with these positions; stores what they leave. */
  | { readonly kind: 'partialReject'; readonly rejectedLogEventsInfo: RejectedLogEventsInfo }
  /** 400 for a compressed body; a plain one passes. Default name: SerializationException. */
  | { readonly kind: 'refuseGzip'; readonly errorName?: string | undefined }
  /** The endpoint is from before 2023: sequence tokens count. */
  | { readonly kind: 'demandSequenceToken' }
  /** 400 InvalidParameterException for a call in which any message contains the text. */
  | { readonly kind: 'poison'; readonly text: string }
  /** 400 ResourceNotFoundException, as if the stream had just been deleted. */
  | { readonly kind: 'missing' }
  /** 413. */
  | { readonly kind: 'tooLarge' };

/** Something that goes wrong on purpose. Of several that match a call, the one added first is applied. */
export type Fault = FaultScope & FaultKind;

/** Faults that describe the endpoint, not an incident. */
const LASTING: ReadonlySet<Fault['kind']> = new Set(['demandSequenceToken', 'refuseGzip', 'poison']);

interface Scripted {
  readonly fault: Fault;
  left: number;
  toSkip: number;
}

export class FaultScript {
  #scripted: Scripted[] = [];
  readonly #random: () => number;

  constructor(faults: readonly Fault[], random: () => number) {
    this.#random = random;
    this.add(faults);
  }

  add(faults: readonly Fault[]): void {
    const added = faults.map((fault) => ({ fault, left: timesOf(fault), toSkip: fault.skip ?? 0 }));
    this.#scripted = [...this.#scripted, ...added];
  }

  clear(): void {
    this.#scripted = [];
  }

  /** The fault for this call, used up by one. */
  take(call: Call): Fault | undefined {
    const scripted = this.#scripted.length === 0 ? undefined : this.#find(faultCallOf(call));
    if (scripted !== undefined) scripted.left -= 1;
    return scripted?.fault;
  }

  /** For a call that failed by itself before the fault could show. */
  giveBack(fault: Fault): void {
    const scripted = this.#scripted.find((candidate) => candidate.fault === fault);
    if (scripted !== undefined) scripted.left += 1;
  }

  #find(call: FaultCall): Scripted | undefined {
    return this.#scripted.find((scripted) => {
      if (scripted.left <= 0 || !matches(scripted.fault, call)) return false;
      if (scripted.toSkip > 0) {
        scripted.toSkip -= 1;
        return false;
      }
      const { probability } = scripted.fault;
      return probability === undefined || this.#random() < probability;
    });
  }
}

function timesOf({ kind, times }: Fault): number {
  return times ?? (LASTING.has(kind) ? Number.POSITIVE_INFINITY : 1);
}

function matches(fault: Fault, call: FaultCall): boolean {
  const operation = fault.operation ?? 'PutLogEvents';
  if (operation !== '*' && operation !== call.operation) return false;
  if (fault.kind === 'refuseGzip' && call.encoding !== 'gzip') return false;
  if (fault.kind === 'poison' && !call.messages.some((message) => message.includes(fault.text))) return false;
  return fault.when?.(call) ?? true;
}

function faultCallOf({ operation, input, encoding, caller }: Call): FaultCall {
  const { accessKeyId } = caller;
  return { operation, ...targetOf(input), messages: messagesOf(input), encoding, accessKeyId };
}
