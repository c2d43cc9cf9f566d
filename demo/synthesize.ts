import { App } from 'aws-cdk-lib';
import { LoggingStack } from '../examples/lambda-function/stack.js';

/** The template of the example stack, synthesized in this process. The function's code is not bundled for it. */
export function synthesize(): unknown {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new LoggingStack(app, 'Demo');
  return app.synth().getStackByName(stack.stackName).template;
}
