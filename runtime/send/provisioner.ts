import { targetKey, type Target } from '../batch/target.js';
import type { FailureListener } from './failure-report.js';
import type { LogsPort } from './port.js';
import { traits, verdictOfError, type Verdict } from './verdict.js';

export interface ProvisionerOptions {
  readonly createLogGroup: boolean;
  readonly createLogStream: boolean;
  /** What a group that is created here gets. */
  readonly retentionInDays: number | undefined;
  /** Whether a target that could not be made because too many are is remembered, and waited for by a ladder of its own. */
  readonly waitsForStreams: boolean;
}

/** Why a target could not be made. */
export type ProvisionFailure = Extract<Verdict, { kind: 'retry' }>;

/**
 * Creates what the service says is missing: the stream, and if that fails for want of the group, the group, its
 * retention and the stream. No Describe call is made, and nothing is remembered but what could not be made yet, because the account
 * makes too many: whatever is deleted again comes back the same way.
 */
export class Provisioner {
  readonly #port: LogsPort;
  readonly #options: ProvisionerOptions;
  readonly #failures: FailureListener;
  readonly #running = new Map<string, Promise<ProvisionFailure | undefined>>();
  readonly #awaited = new Set<string>();

  constructor(port: LogsPort, options: ProvisionerOptions, failures: FailureListener) {
    this.#port = port;
    this.#options = options;
    this.#failures = failures;
  }

  /** Whether the target is known to be missing, so that no call needs to find that out. */
  isAwaited(target: Target): boolean {
    return this.#awaited.has(targetKey(target));
  }

  /** Resolves to nothing once the target is there. Callers that come for it while it runs share its outcome. */
  provision(target: Target, signal: AbortSignal): Promise<ProvisionFailure | undefined> {
    const key = targetKey(target);
    const running =
      this.#running.get(key) ?? this.#run(target, signal).finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    return running;
  }

  async #run(target: Target, signal: AbortSignal): Promise<ProvisionFailure | undefined> {
    const failure = await this.#make(target, signal);
    const isThrottled = failure?.ladder === 'throttle' && this.#options.waitsForStreams;
    if (!isThrottled) this.#awaited.delete(targetKey(target));
    else this.#awaited.add(targetKey(target));
    return isThrottled ? { ...failure, ladder: 'creation' } : failure;
  }

  async #make(target: Target, signal: AbortSignal): Promise<ProvisionFailure | undefined> {
    // What is switched off is not called: the call that found something missing is the one that failed.
    if (!this.#options.createLogStream)
      return this.#outcome('PutLogEvents', target, switchedOff('createLogStream'), signal);
    const missing = await this.#createStream(target, signal);
    if (!isNamed(missing, 'ResourceNotFoundException'))
      return this.#outcome('CreateLogStream', target, missing, signal);
    if (!this.#options.createLogGroup)
      return this.#outcome('CreateLogStream', target, switchedOff('createLogGroup'), signal);
    // A refused group is no reason not to try the stream: others may have made the group meanwhile.
    const refusal = await this.#createGroup(target, signal);
    const stillMissing = await this.#createStream(target, signal);
    return refusal && stillMissing
      ? this.#outcome('CreateLogGroup', target, refusal, signal)
      : this.#outcome('CreateLogStream', target, stillMissing, signal);
  }

  #createStream(target: Target, signal: AbortSignal): Promise<unknown> {
    return refusalOf(this.#port.createLogStream(target, signal));
  }

  async #createGroup(target: Target, signal: AbortSignal): Promise<unknown> {
    const refusal = await refusalOf(this.#port.createLogGroup(target, signal));
    const { retentionInDays } = this.#options;
    if (refusal || retentionInDays === undefined) return refusal;
    const unlimited = await refusalOf(this.#port.putRetentionPolicy(target, retentionInDays, signal));
    // The group works without it, but keeps its events for ever: worth a word, not worth their loss.
    if (unlimited) this.#failed('PutRetentionPolicy', target, unlimited, signal);
    return undefined;
  }

  #outcome(step: string, target: Target, error: unknown, signal: AbortSignal): ProvisionFailure | undefined {
    if (!error) return undefined;
    this.#failed(step, target, error, signal);
    const verdict = verdictOfError(error);
    return verdict.kind === 'retry'
      ? verdict
      : { kind: 'retry', ladder: 'slow', reason: traits(error).reason };
  }

  /** No report: we aborted the call ourselves. */
  #failed(step: string, target: Target, error: unknown, { aborted }: AbortSignal): void {
    if (!aborted) this.#failures.failed(step, target, error);
  }
}

function switchedOff(setting: 'createLogGroup' | 'createLogStream'): Error {
  const missing = setting === 'createLogGroup' ? 'the log group' : 'the log stream, or its log group,';
  return Object.assign(new Error(`${missing} is missing, and ${setting} is off`), {
    name: 'ResourceNotFoundException',
  });
}

/** The error of a call; nothing for success, and for "somebody else was faster", which is success. */
async function refusalOf(call: Promise<void>): Promise<unknown> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return isNamed(error, 'ResourceAlreadyExistsException') ? undefined : error;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
