import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { buildSync } from 'esbuild';
import { LoggingStack } from '../../../examples/lambda-function/stack.js';
import { lambdaEnvironment, resolveTemplate, type ResolvedTemplate } from '../../../local/index.js';

/** What a deployment of the Lambda example would put up. */
export interface DeployedFunction {
  /** What synthesis wrote. */
  readonly directory: string;
  /** The folder of the code that CDK bundled, in that directory. */
  readonly code: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly template: ResolvedTemplate;
}

/** Synthesizes the example, code and all. */
export function synthesizeFunction(): DeployedFunction {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-lambda-')) });
  const stack = new LoggingStack(app, 'Deployed');
  const { directory, stacks } = app.synth();
  const template = resolveTemplate(stacks.find(({ stackName }) => stackName === stack.stackName)?.template, {
    region: 'us-east-1',
  });
  const [asset = ''] = readdirSync(directory).filter((name) => name.startsWith('asset.'));
  return { directory, code: join(directory, asset), environment: lambdaEnvironment(template), template };
}

/** Adds the modules in `handlers/` to the code, each under its own name. */
export function addHandlers({ code }: DeployedFunction): void {
  const folder = join(__dirname, 'handlers');
  buildSync({
    entryPoints: readdirSync(folder).map((name) => join(folder, name)),
    outdir: code,
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    tsconfig: join(__dirname, '../../tsconfig.json'),
  });
}
