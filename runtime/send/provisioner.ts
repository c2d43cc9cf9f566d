import type { Target } from '../batch/target.js';
import type { LogsPort } from './port.js';

export interface ProvisionerOptions {
  readonly createLogGroup: boolean;
  readonly createLogStream: boolean;
}

/**
 * Creates what the service says is missing: the stream, and if that fails for want of the group, group and stream.
 * No Describe call is made, and nothing is remembered: whatever is deleted again comes back the same way.
 */
export class Provisioner {
  readonly #port: LogsPort;
  readonly #target: Target;
  readonly #options: ProvisionerOptions;
  #running: Promise<void> | undefined;

  constructor(port: LogsPort, target: Target, options: ProvisionerOptions) {
    this.#port = port;
    this.#target = target;
    this.#options = options;
  }

  /** Callers that come while it runs share its outcome. Rejects with the service's refusal. */
  provision(signal: AbortSignal): Promise<void> {
    this.#running ??= this.#run(signal).finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    if (!this.#options.createLogStream) {
      throw new ProvisionError('the log stream is missing, and createLogStream is off');
    }
    try {
      await existing(this.#port.createLogStream(this.#target, signal));
    } catch (error) {
      if (!this.#options.createLogGroup || !isNamed(error, 'ResourceNotFoundException')) throw error;
      await this.#createGroupAndStream(signal);
    }
  }

  /** A refused group is no reason not to try the stream: the group may have been made by others meanwhile. */
  async #createGroupAndStream(signal: AbortSignal): Promise<void> {
    const refusal = await existing(this.#port.createLogGroup(this.#target, signal)).catch(
      (error: unknown) => error,
    );
    try {
      await existing(this.#port.createLogStream(this.#target, signal));
    } catch (error) {
      throw refusal ?? error;
    }
  }
}

export class ProvisionError extends Error {
  override readonly name = 'ProvisionError';
  readonly code = 'FAPILOG_PROVISION';
}

/** Somebody else was faster: that is success. */
async function existing(creation: Promise<void>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!isNamed(error, 'ResourceAlreadyExistsException')) throw error;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
