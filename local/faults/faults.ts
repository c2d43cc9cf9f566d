import { messagesOf, targetOf } from '../calls.js';
import type { Call, Encoding } from '../protocol/call.js';
import type { RejectedLogEventsInfo } from '../operations/rejections.js';

/** The properties of a call that decide whether a fault hits it. */
export interface FaultCall {
  /** Name of the operation, such as `PutLogEvents`. */
  readonly operation: string;
  /** Empty if the call names no log group. */
  readonly logGroupName: string;
  /** Empty if the call names no log stream. */
  readonly logStreamName: string;
  /** Messages of its log events; none for other operations. */
  readonly messages: readonly string[];
  /** How the body was encoded. */
  readonly encoding: Encoding;
  /** Id of the access key that signed the call. */
  readonly accessKeyId: string;
}

/** Selects the calls that a fault hits. */
export interface FaultScope {
  /** Name of the operation; `*` is any. Default: `PutLogEvents`. */
  readonly operation?: string | undefined;
  /** Number of calls that the fault hits. Default: 1; Infinity for `demandSequenceToken`, `refuseGzip` and `poison`. */
  readonly times?: number | undefined;
  /** Number of matching calls that pass first. Default: 0. */
  readonly skip?: number | undefined;
  /** Probability, from 0 to 1, that a matching call is hit. Default: 1. */
  readonly probability?: number | undefined;
  /** Decides whether a matching call is hit. Default: every one. */
  readonly when?: ((call: FaultCall) => boolean) | undefined;
}

/** Kinds of faults, with their parameters. */
export type FaultKind =
  /** 400 ThrottlingException, "Rate exceeded". */
  | { readonly kind: 'throttle'; readonly retryAfterSeconds?: number | undefined }
  /** Answers with any refusal; `members` are added to its body. */
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
  /** Waits, then runs the call as usual, even if the caller has gone. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** Never answers and stores nothing. */
  | { readonly kind: 'hang' }
  /** Closes the connection by a reset and stores nothing. */
  | { readonly kind: 'resetBefore' }
  /** Stores the events, then closes the connection by a reset. A caller that repeats the call makes a duplicate. */
  | { readonly kind: 'resetAfter' }
  /** 200 without `x-amzn-RequestId`, as a proxy answers. Stores the events only if `stored` is true. */
  | { readonly kind: 'noRequestId'; readonly stored?: boolean | undefined }
  /** Stores the events, then answers 200 with half of the JSON. The answer of StartLiveTail stays whole. */
  | { readonly kind: 'cutBody' }
  /** 200, and every event is discarded. Default reason: `tooOld`. */
  | { readonly kind: 'rejectAll'; readonly reason?: 'tooOld' | 'expired' | 'tooNew' | undefined }
  /** 200, and the events at these positions are discarded; the others are stored. */
  | { readonly kind: 'partialReject'; readonly rejectedLogEventsInfo: RejectedLogEventsInfo }
  /** 400 for a compressed body; a plain one passes. Default name: `SerializationException`. */
  | { readonly kind: 'refuseGzip'; readonly errorName?: string | undefined }
  /** Requires sequence tokens, as endpoints did before 2023. */
  | { readonly kind: 'demandSequenceToken' }
  /** 400 InvalidParameterException for a call in which any message contains the text. */
  | { readonly kind: 'poison'; readonly text: string }
  /** 400 ResourceNotFoundException, as if the stream had just been deleted. */
  | { readonly kind: 'missing' }
  /** 413. */
  | { readonly kind: 'tooLarge' };

/** A simulated failure. If several match a call, the one that was added first is applied. */
export type Fault = FaultScope & FaultKind;

/** Faults that describe the endpoint and not an incident. They hit every call by default. */
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

  /** Those that may still hit a call, and those that have hit all of theirs. */
  get faults(): readonly Fault[] {
    return this.#scripted.map(({ fault }) => fault);
  }

  remove(faults: readonly Fault[]): void {
    this.#scripted = this.#scripted.filter(({ fault }) => !faults.includes(fault));
  }

  /** Returns the fault for a call and counts it as used. */
  take(call: Call): Fault | undefined {
    const scripted = this.#scripted.length === 0 ? undefined : this.#find(faultCallOf(call));
    if (scripted !== undefined) scripted.left -= 1;
    return scripted?.fault;
  }

  /** Counts a fault as unused again: its call was refused before the fault could take effect. */
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
