import type { Target } from '../batch/target.js';
import type { LogsPort } from './port.js';
import { verdictOfError, type Verdict } from './verdict.js';

export interface ProvisionerOptions {
  readonly createLogGroup: boolean;
  readonly createLogStream: boolean;
  /** What a group that is created here gets. */
  readonly retentionInDays: number | undefined;
}

/** Why a target could not be made. */
export type ProvisionFailure = Extract<Verdict, { kind: 'retry' }>;

/**
 * Creates what the service says is missing: the stream, and if that fails for want of the group, the group, its
 * retention and the stream. No Describe call is made, and nothing is remembered: whatever is deleted again comes back
 * the same way.
 */
export class Provisioner {
  readonly #port: LogsPort;
  readonly #target: Target;
  readonly #options: ProvisionerOptions;
  readonly #onFailure: (step: string, error: unknown) => void;
  #running: Promise<ProvisionFailure | undefined> | undefined;

  constructor(
    port: LogsPort,
    target: Target,
    options: ProvisionerOptions,
    onFailure: (step: string, error: unknown) => void,
  ) {
    this.#port = port;
    this.#target = target;
    this.#options = options;
    this.#onFailure = onFailure;
  }

  /** Resolves to nothing once the target is there. Callers that come while it runs share its outcome. */
  provision(signal: AbortSignal): Promise<ProvisionFailure | undefined> {
    this.#running ??= this.#run(signal).finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #run(signal: AbortSignal): Promise<ProvisionFailure | undefined> {
    if (!this.#options.createLogStream)
      return this.#failed('CreateLogStream', switchedOff('createLogStream'));
    const missing = await this.#createStream(signal);
    if (!missing || !isNamed(missing, 'ResourceNotFoundException'))
      return this.#outcome('CreateLogStream', missing);
    if (!this.#options.createLogGroup) return this.#failed('CreateLogGroup', switchedOff('createLogGroup'));
    // A refused group is no reason not to try the stream: others may have made the group meanwhile.
    const refusal = await this.#createGroup(signal);
    const stillMissing = await this.#createStream(signal);
    return refusal && stillMissing
      ? this.#failed('CreateLogGroup', refusal)
      : this.#outcome('CreateLogStream', stillMissing);
  }

  #createStream(signal: AbortSignal): Promise<unknown> {
    return refusalOf(this.#port.createLogStream(this.#target, signal));
  }

  async #createGroup(signal: AbortSignal): Promise<unknown> {
    const refusal = await refusalOf(this.#port.createLogGroup(this.#target, signal));
    const { retentionInDays } = this.#options;
    if (refusal || retentionInDays === undefined) return refusal;
    const unlimited = await refusalOf(this.#port.putRetentionPolicy(this.#target, retentionInDays, signal));
    // The group works without it, but keeps its events for ever: worth a word, not worth their loss.
    if (unlimited) this.#onFailure('PutRetentionPolicy', unlimited);
    return undefined;
  }

  #outcome(step: string, error: unknown): ProvisionFailure | undefined {
    return error ? this.#failed(step, error) : undefined;
  }

  #failed(step: string, error: unknown): ProvisionFailure {
    this.#onFailure(step, error);
    const verdict = verdictOfError(error, { isCompressed: false, isCustomEndpoint: false });
    return verdict.kind === 'retry' ? verdict : { kind: 'retry', ladder: 'slow', reason: step };
  }
}

function switchedOff(setting: string): Error {
  return Object.assign(new Error(`the log stream or its group is missing, and ${setting} is off`), {
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
