import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stage, type Stack } from 'aws-cdk-lib';

/** The template of any stack, including those that are no deployment of their own. */
export function templateOf(stack: Stack): any {
  const { directory } = Stage.of(stack)!.synth();
  return JSON.parse(readFileSync(join(directory, stack.templateFile), 'utf8'));
}
