import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Moto } from '../../support/moto.js';

const ROOT = join(__dirname, '../../..');

/** The CDK CLI as a user runs it, who has an endpoint for AWS and no credentials but dummy ones. */
export class CdkCli {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #home = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-cdk-'));

  constructor(moto: Moto) {
    this.#environment = {
      ...moto.environment,
      PATH: process.env['PATH'],
      HOME: this.#home,
      CI: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
  }

  /** Where the next command with the app that is a program leaves what it synthesized: an app itself. */
  get output(): string {
    return join(this.#home, 'cdk.out');
  }

  /** What it says to both streams; @throws Error with all of that if it fails */
  run(...args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const cdk = join(ROOT, 'node_modules/.bin/cdk');
      const options = { cwd: ROOT, env: this.#environment, maxBuffer: 16 * 1_024 * 1_024 };
      execFile(cdk, [...args], options, (error, stdout, stderr) => {
        if (error) reject(new Error(`cdk ${args.join(' ')} failed:\n${stdout}${stderr}`));
        else resolve(stdout + stderr);
      });
    });
  }

  /** Removes its home. */
  dispose(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}
