import { rmSync } from 'node:fs';
import { awsEnvironment } from '../../../demo/aws-environment.js';
import { findNode, findRuntimeClient } from '../../support/tools.js';
import { addHandlers, type DeployedFunction, synthesizeFunction } from './deployed-function.js';
import { LogsService } from './logs-service.js';
import type { FunctionCode } from './runtime-process.js';

interface Environment {
  close(): Promise<void>;
}

/** The function for all tests of the file that makes this, and the service and the environments of each test. */
export class Deployment {
  #fn: DeployedFunction | undefined;
  #service: LogsService | undefined;
  readonly #opened: Environment[] = [];

  constructor() {
    beforeAll(() => {
      this.#fn = synthesizeFunction();
      addHandlers(this.#fn);
    });
    afterAll(() => rmSync(this.fn.directory, { recursive: true, force: true }));
    beforeEach(async () => {
      this.#service = await LogsService.start(this.fn.template);
    });
    afterEach(async () => {
      for (const environment of this.#opened.splice(0)) await environment.close();
      await this.service.close();
    });
  }

  get fn(): DeployedFunction {
    return this.#fn!;
  }

  get service(): LogsService {
    return this.#service!;
  }

  /**
   * What runs a handler of the function.
   *
   * @throws Error if there is no such Node, or no runtime client
   */
  codeOf(handler: string, major: number, endpoint = this.service.server.endpoint): FunctionCode {
    const [node, client] = [findNode(major), findRuntimeClient()];
    if (node === undefined || client === undefined)
      throw new Error(`Node ${major} or aws-lambda-ric is not under .cache/: run npm run test:deploy`);
    const environment = { ...this.fn.environment, ...awsEnvironment('us-east-1', endpoint) };
    return { node, major, client, code: this.fn.code, handler, environment };
  }

  /** Has an environment closed after the test. */
  closedAfterwards<Opened extends Environment>(environment: Opened): Opened {
    this.#opened.push(environment);
    return environment;
  }
}

/** What a test of a function needs; `undefined` if it is not there. */
export function toolsFor(major: number): unknown {
  return findNode(major) && findRuntimeClient();
}
