import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const EXAMPLES = ['lambda-function', 'ecs-fargate'];

/** What moto's deployments need: a qualifier by which the CLI takes a template's URL for a local one. */
export const QUALIFIER = 'localhost1';

// moto forgets parameters that a template has by default; the rule's parameter is one.
const PROGRAM = `
import { App, DefaultStackSynthesizer } from 'aws-cdk-lib';
import { FargateStack } from './ecs-fargate/stack.js';
import { LoggingStack } from './lambda-function/stack.js';

const defaultStackSynthesizer = new DefaultStackSynthesizer({
  qualifier: '${QUALIFIER}',
  generateBootstrapVersionRule: false,
});
const app = new App({ defaultStackSynthesizer });
new LoggingStack(app, 'Function');
new FargateStack(app, 'Services');
`;

/** An app of the two examples, compiled, in a copy that may be edited as a user edits a stack. */
export class EditedApp {
  readonly #directory: string;

  constructor() {
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    this.#directory = mkdtempSync(join(ROOT, '.cache/deploy-'));
    for (const example of EXAMPLES) {
      cpSync(join(ROOT, 'dist/build/examples', example), join(this.#directory, example), { recursive: true });
    }
    writeFileSync(join(this.#directory, 'app.js'), PROGRAM);
  }

  /** The command of the app, as the option `--app` wants it. */
  get command(): string {
    return `node ${join(this.#directory, 'app.js')}`;
  }

  /** @throws Error if the text is not in the stack of the example exactly once */
  edit(example: string, text: string, replacement: string): void {
    const path = join(this.#directory, example, 'stack.js');
    const parts = readFileSync(path, 'utf8').split(text);
    if (parts.length !== 2)
      throw new Error(`"${text}" is ${parts.length - 1} times in ${path}; expected: once`);
    writeFileSync(path, parts.join(replacement));
  }

  dispose(): void {
    rmSync(this.#directory, { recursive: true });
  }
}
