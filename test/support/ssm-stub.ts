import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** A GetParameter call as it arrived. */
export interface GetParameterCall {
  readonly target: string;
  readonly name: string;
  readonly decrypted: boolean;
  /** For which Region it was signed. */
  readonly region: string;
}

/**
 * A server with these parameters. `/denied` is refused, `/slow` is never answered, and any other is not found.
 */
export class SsmStub {
  readonly endpoint: string;
  readonly #worker: Worker;

  private constructor(endpoint: string, worker: Worker) {
    this.endpoint = endpoint;
    this.#worker = worker;
  }

  static async start(parameters: Readonly<Record<string, string>>): Promise<SsmStub> {
    const worker = new Worker(join(__dirname, 'ssm-server.mjs'), { workerData: { parameters } });
    const [endpoint] = (await once(worker, 'message')) as [string];
    return new SsmStub(endpoint, worker);
  }

  /** What a process needs to know to call it. */
  get environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL_SSM: this.endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_REGION: 'us-east-1',
    };
  }

  /** The calls so far, in order of arrival. */
  async calls(): Promise<GetParameterCall[]> {
    return (await (await fetch(this.endpoint)).json()) as GetParameterCall[];
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
